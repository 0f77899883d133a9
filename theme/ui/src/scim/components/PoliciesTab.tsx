import { ActionGroup, Button, Form } from "@patternfly/react-core";
import { useState } from "react";
import { BusyButton } from "../../components/BusyButton";
import { Notice } from "../../components/Notice";
import { useAction } from "../../hooks/useAction";
import { useLanguage } from "../../i18n";
import { BUILT_IN, type Connection, type ConnectionSettings } from "../api/types";
import { useScim } from "../ScimContext";
import { Failure } from "./Failure";
import { PolicyFields } from "./PolicyFields";
import { SettingFields } from "./SettingFields";

interface PoliciesTabProps {
  readonly connection: Connection;
  /** What was changed and not saved, kept by whoever shows the tab, so that another tab does not lose it. */
  readonly draft: Connection | undefined;
  readonly onDraft: (draft: Connection | undefined) => void;
  readonly onSave: (settings: ConnectionSettings) => Promise<void>;
}

/** Every setting of the connection. Nothing is changed before it is saved. */
export const PoliciesTab = ({ connection, draft: kept, onDraft, onSave }: PoliciesTabProps) => {
  const { t } = useLanguage();
  const isDisabled = useScim().page.manageConnections === false;
  const draft = kept ? withOthers(kept, connection) : connection;
  const [isSaved, setIsSaved] = useState(false);
  const isChanged = isUnsaved(kept, connection);
  const save = useAction(async () => {
    await onSave(draft);
    setIsSaved(true);
  });
  const change = (next: Connection | undefined) => {
    onDraft(next);
    setIsSaved(false);
  };
  return (
    <Form
      isWidthLimited
      onSubmit={(event) => {
        event.preventDefault();
        save.run();
      }}
    >
      {isDisabled && <Notice component="p" isInline isPlain variant="info" title={t("scim.readOnly")} />}
      <SettingFields connection={draft} isDisabled={isDisabled} onChange={change} />
      <PolicyFields
        isBuiltIn={draft.name === BUILT_IN}
        policy={draft.policy}
        isDisabled={isDisabled}
        onChange={(policy) => change({ ...draft, policy })}
      />
      <Failure error={save.error} />
      <div aria-live="polite">
        {isSaved && !isChanged && <Notice component="p" isInline isPlain variant="success" title={t("scim.saved")} />}
      </div>
      {!isDisabled && (
        <ActionGroup>
          <BusyButton
            type="submit"
            isLoading={save.isBusy}
            isDisabled={!isChanged || save.isBusy}
            data-testid="keyledger-save"
          >
            {t("scim.save")}
          </BusyButton>
          <Button variant="link" isDisabled={!isChanged || save.isBusy} onClick={() => change(undefined)}>
            {t("scim.revert")}
          </Button>
        </ActionGroup>
      )}
    </Form>
  );
};

/** Whether a draft says anything else than the connection. */
export function isUnsaved(draft: Connection | undefined, connection: Connection): boolean {
  return draft !== undefined && canonical(withOthers(draft, connection)) !== canonical(connection);
}

/** The draft with what other tabs change, as it is now. */
function withOthers(draft: Connection, { paused, attributes }: Connection): Connection {
  const { attributes: _old, ...rest } = draft;
  return { ...rest, paused, ...(attributes && { attributes }) };
}

/** The settings as a text that does not depend on the order in which they were typed. */
function canonical(connection: Connection): string {
  return JSON.stringify(connection, (_name, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
