import { FormGroup, TextInput } from "@patternfly/react-core";
import { useId, useState } from "react";
import { useApi } from "../api/ApiContext";
import type { ErasureDone, Subject } from "../api/privacyTypes";
import { ConfirmDialog } from "../components/ConfirmDialog";
import { useLanguage } from "../i18n";
import { ReasonField } from "./ReasonField";
import { mayBeUnderWay, Refused } from "./Refused";
import { UnderWay } from "./UnderWay";

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
  const [isErasing, setIsErasing] = useState(false);
  const basis = useId();
  return (
    <ConfirmDialog
      title={t("privacy.erase.title", { name })}
      confirmText={t("privacy.erase.confirm")}
      typed={name}
      isReady={reason.trim() !== ""}
      failure={(error) => (
        <>
          <Refused error={error} />
          {isErasing && <p>{t("privacy.erase.goesOn")}</p>}
          {(isErasing || mayBeUnderWay(error)) && <UnderWay />}
        </>
      )}
      onClose={onClose}
      onConfirm={async () => {
        setIsErasing(true);
        try {
          onErased(await api.erase(subject.subject, reason.trim(), legalBasis.trim()));
          onClose();
        } finally {
          setIsErasing(false);
        }
      }}
    >
      <p>{t("privacy.erase.body", { count: number(subject.entries) })}</p>
      <ReasonField value={reason} hint={t("privacy.reason.hint")} onChange={setReason} />
      <FormGroup label={t("privacy.basis")} fieldId={basis}>
        <TextInput
          id={basis}
          maxLength={1000}
          placeholder={t("privacy.basis.placeholder")}
          value={legalBasis}
          onChange={(_event, value) => setLegalBasis(value)}
        />
      </FormGroup>
    </ConfirmDialog>
  );
};
