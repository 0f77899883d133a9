import { Button, Form, FormGroup, Modal, TextArea, TextInput } from "@patternfly/react-core";
import { type FormEvent, useId, useState } from "react";
import { useApi } from "../api/ApiContext";
import type { ErasureDone, Subject } from "../api/types";
import { useAction } from "../hooks/useAction";
import { useLanguage } from "../i18n";
import { Refused } from "./Refused";

interface EraseDialogProps {
  readonly subject: Subject;
  readonly name: string;
  readonly onErased: (done: ErasureDone) => void;
  readonly onClose: () => void;
}

/** Asks for the reason, the legal basis, and the name typed out: what is erased does not come back. */
export const EraseDialog = ({ subject, name, onErased, onClose }: EraseDialogProps) => {
  const { t, number } = useLanguage();
  const api = useApi();
  const [reason, setReason] = useState("");
  const [legalBasis, setLegalBasis] = useState("");
  const [typed, setTyped] = useState("");
  const id = useId();
  const erase = useAction(async () => {
    onErased(await api.erase(subject.subject, reason.trim(), legalBasis.trim()));
    onClose();
  });
  const isReady = reason.trim() !== "" && typed === name && !erase.isBusy;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady) {
      erase.run();
    }
  };
  return (
    <Modal
      isOpen
      variant="small"
      titleIconVariant="warning"
      title={t("privacy.erase.title", { name })}
      onClose={onClose}
      actions={[
        <Button key="erase" type="submit" form={id} variant="danger" isDisabled={!isReady} isLoading={erase.isBusy}>
          {t("privacy.erase.confirm")}
        </Button>,
        <Button key="cancel" variant="link" onClick={onClose}>
          {t("cancel")}
        </Button>,
      ]}
    >
      <Form id={id} onSubmit={submit}>
        <p>{t("privacy.erase.body", { count: number(subject.entries) })}</p>
        <FormGroup label={t("privacy.reason")} isRequired fieldId={`${id}-reason`}>
          <TextArea
            id={`${id}-reason`}
            isRequired
            maxLength={1000}
            resizeOrientation="vertical"
            value={reason}
            onChange={(_event, value) => setReason(value)}
          />
          <p className="keyledger-muted">{t("privacy.reason.hint")}</p>
        </FormGroup>
        <FormGroup label={t("privacy.basis")} fieldId={`${id}-basis`}>
          <TextInput
            id={`${id}-basis`}
            maxLength={1000}
            placeholder={t("privacy.basis.placeholder")}
            value={legalBasis}
            onChange={(_event, value) => setLegalBasis(value)}
          />
        </FormGroup>
        <FormGroup label={t("privacy.type", { name })} isRequired fieldId={`${id}-typed`}>
          <TextInput
            id={`${id}-typed`}
            isRequired
            autoComplete="off"
            value={typed}
            onChange={(_event, value) => setTyped(value)}
          />
        </FormGroup>
        <Refused error={erase.error} />
      </Form>
    </Modal>
  );
};
