import { Button, Form, FormGroup, Modal, TextArea, TextInput } from "@patternfly/react-core";
import { type FormEvent, useId, useState } from "react";
import { useApi } from "../api/ApiContext";
import type { Subject } from "../api/types";
import { useAction } from "../hooks/useAction";
import { useLanguage } from "../i18n";
import { Refused } from "./Refused";

interface HoldDialogProps {
  readonly subject: Subject;
  readonly name: string;
  readonly onHeld: () => void;
  readonly onClose: () => void;
}

/** Asks why a person must not be erased, and until when. */
export const HoldDialog = ({ subject, name, onHeld, onClose }: HoldDialogProps) => {
  const { t } = useLanguage();
  const api = useApi();
  const [reason, setReason] = useState("");
  const [until, setUntil] = useState("");
  const id = useId();
  const hold = useAction(async () => {
    await api.hold(subject.subject, reason.trim(), until || undefined);
    onHeld();
    onClose();
  });
  const isReady = reason.trim() !== "" && !hold.isBusy;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady) {
      hold.run();
    }
  };
  return (
    <Modal
      isOpen
      variant="small"
      title={t("privacy.hold.title", { name })}
      onClose={onClose}
      actions={[
        <Button key="hold" type="submit" form={id} isDisabled={!isReady} isLoading={hold.isBusy}>
          {t("privacy.hold.confirm")}
        </Button>,
        <Button key="cancel" variant="link" onClick={onClose}>
          {t("cancel")}
        </Button>,
      ]}
    >
      <Form id={id} onSubmit={submit}>
        <p>{t("privacy.hold.body")}</p>
        <FormGroup label={t("privacy.reason")} isRequired fieldId={`${id}-reason`}>
          <TextArea
            id={`${id}-reason`}
            isRequired
            maxLength={1000}
            resizeOrientation="vertical"
            value={reason}
            onChange={(_event, value) => setReason(value)}
          />
        </FormGroup>
        <FormGroup label={t("privacy.until")} fieldId={`${id}-until`}>
          <TextInput id={`${id}-until`} type="date" value={until} onChange={(_event, value) => setUntil(value)} />
        </FormGroup>
        <Refused error={hold.error} />
      </Form>
    </Modal>
  );
};
