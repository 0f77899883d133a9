import { Button, Modal } from "@patternfly/react-core";
import { type ReactNode, useState } from "react";
import { useLanguage } from "../../i18n";
import { useAction } from "../hooks/useAction";
import { Failure } from "./Failure";
import { TextField } from "./TextField";

interface ConfirmDialogProps {
  readonly title: string;
  readonly confirmText: string;
  /** What has to be typed before it can be done; `undefined` where a click is enough. */
  readonly typed?: string;
  readonly children: ReactNode;
  readonly onConfirm: () => Promise<void>;
  readonly onClose: () => void;
}

/** Asks before something that cannot be undone. */
export const ConfirmDialog = ({ title, confirmText, typed, children, onConfirm, onClose }: ConfirmDialogProps) => {
  const { t } = useLanguage();
  const [text, setText] = useState("");
  const confirm = useAction(onConfirm);
  return (
    <Modal
      isOpen
      variant="small"
      title={title}
      titleIconVariant="warning"
      onClose={onClose}
      actions={[
        <Button
          key="confirm"
          variant="danger"
          isLoading={confirm.isBusy}
          isDisabled={confirm.isBusy || (typed !== undefined && text !== typed)}
          onClick={confirm.run}
        >
          {confirmText}
        </Button>,
        <Button key="cancel" variant="link" onClick={onClose}>
          {t("scim.cancel")}
        </Button>,
      ]}
    >
      {children}
      {typed !== undefined && (
        <div className="keyledger-section">
          <TextField
            id="keyledger-typed"
            label={t("scim.confirm.type", { text: typed })}
            value={text}
            onChange={setText}
          />
        </div>
      )}
      <Failure error={confirm.error} />
    </Modal>
  );
};
