import { Button, Form, FormGroup, TextInput } from "@patternfly/react-core";
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { useAction } from "../hooks/useAction";
import { useLanguage } from "../i18n";
import { BusyButton } from "./BusyButton";
import { Dialog } from "./Dialog";

interface ConfirmDialogProps {
  readonly title: string;
  readonly confirmText: string;
  /** What has to be typed before it can be done; `undefined` where a click is enough. */
  readonly typed?: string;
  /** Whether what it does cannot be taken back. */
  readonly isDanger?: boolean;
  /** Whether the fields among `children` are filled in. */
  readonly isReady?: boolean;
  readonly children: ReactNode;
  /** Shown when it was not done. */
  readonly failure: (error: unknown) => ReactNode;
  readonly onConfirm: () => Promise<void>;
  readonly onClose: () => void;
}

/** Asks before something is done, for as long as it takes; Enter confirms what is complete. */
export const ConfirmDialog = (props: ConfirmDialogProps) => {
  const { title, confirmText, typed, isDanger = true, isReady = true, children, failure, onConfirm, onClose } = props;
  const { t } = useLanguage();
  const id = useId();
  const [text, setText] = useState("");
  const confirm = useAction(onConfirm);
  const isComplete = isReady && !confirm.isBusy && (typed === undefined || text === typed);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isComplete) {
      confirm.run();
    }
  };
  return (
    <Dialog
      {...(isDanger && { titleIconVariant: "warning" as const })}
      title={title}
      onClose={onClose}
      actions={[
        <BusyButton
          key="confirm"
          type="submit"
          form={id}
          variant={isDanger ? "danger" : "primary"}
          isLoading={confirm.isBusy}
          isDisabled={!isComplete}
        >
          {confirmText}
        </BusyButton>,
        <Button key="cancel" variant="link" onClick={onClose}>
          {t("cancel")}
        </Button>,
      ]}
    >
      <Form id={id} onSubmit={submit}>
        {children}
        {typed !== undefined && (
          <FormGroup label={t("confirm.type", { text: typed })} isRequired fieldId={`${id}-typed`}>
            <TextInput
              id={`${id}-typed`}
              isRequired
              autoComplete="off"
              value={text}
              onChange={(_event, value) => setText(value)}
            />
          </FormGroup>
        )}
        {failure(confirm.error)}
      </Form>
    </Dialog>
  );
};
