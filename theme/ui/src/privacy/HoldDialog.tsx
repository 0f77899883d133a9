import { FormGroup, TextInput } from "@patternfly/react-core";
import { useId, useState } from "react";
import { useApi } from "../api/ApiContext";
import type { Subject } from "../api/privacyTypes";
import { ConfirmDialog } from "../components/ConfirmDialog";
import { useLanguage } from "../i18n";
import { ReasonField } from "./ReasonField";
import { Refused } from "./Refused";

interface HoldDialogProps {
  readonly subject: Subject;
  readonly name: string;
  readonly onClose: () => void;
}

/** Asks why a person must not be erased, and until when. */
export const HoldDialog = ({ subject, name, onClose }: HoldDialogProps) => {
  const { t } = useLanguage();
  const api = useApi();
  const [reason, setReason] = useState("");
  const [until, setUntil] = useState("");
  const id = useId();
  return (
    <ConfirmDialog
      title={t("privacy.hold.title", { name })}
      confirmText={t("privacy.hold.confirm")}
      isDanger={false}
      isReady={reason.trim() !== ""}
      failure={(error) => <Refused error={error} />}
      onClose={onClose}
      onConfirm={async () => {
        await api.hold(subject.subject, reason.trim(), until || undefined);
        onClose();
      }}
    >
      <p>{t("privacy.hold.body")}</p>
      <ReasonField value={reason} onChange={setReason} />
      <FormGroup label={t("privacy.until")} fieldId={id}>
        <TextInput id={id} type="date" value={until} onChange={(_event, value) => setUntil(value)} />
      </FormGroup>
    </ConfirmDialog>
  );
};
