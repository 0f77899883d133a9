import { ActionGroup, Button, Form } from "@patternfly/react-core";
import { type FormEvent, useState } from "react";
import { useApi } from "../api/ApiContext";
import { type Periods, PRUNED_KINDS } from "../api/privacyTypes";
import { BusyButton } from "../components/BusyButton";
import { ConfirmDialog } from "../components/ConfirmDialog";
import { Notice } from "../components/Notice";
import { TakesRole } from "../components/TakesRole";
import { useRight } from "../hooks/LogStatus";
import { useAction } from "../hooks/useAction";
import { useLanguage } from "../i18n";
import { Refused } from "../privacy/Refused";
import { draftOf, isSame, periodOf, periodsOf } from "./draft";
import { PeriodField } from "./PeriodField";
import { isShorter } from "./period";

const FOR_EVER: Periods = { user: null, admin: null, scim: null };

interface PeriodsFormProps {
  /** `undefined` where nobody knows what was decided: then anything may be decided anew. */
  readonly periods: Periods | undefined;
  /** What has to be typed before entries may leave the database earlier. */
  readonly realm: string;
  readonly onSaved: () => void;
}

/** How long the entries of each kind stay in the database. Shorter is confirmed with the realm's name typed out. */
export const PeriodsForm = ({ periods: known, realm, onSaved }: PeriodsFormProps) => {
  const periods = known ?? FOR_EVER;
  const { t } = useLanguage();
  const api = useApi();
  const mayConfigure = useRight("audit-configure");
  const [draft, setDraft] = useState(() => draftOf(periods));
  const [isAsking, setIsAsking] = useState(false);
  const next = periodsOf(draft);
  const isChanged = !known || next === undefined || PRUNED_KINDS.some((kind) => !isSame(next[kind], periods[kind]));
  const shortened = PRUNED_KINDS.filter((kind) => next && isShorter(next[kind], periods[kind]));
  const put = async (wanted: Periods) => {
    await api.setPeriods(wanted);
    onSaved();
  };
  const save = useAction(put);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (shortened.length > 0) {
      setIsAsking(true);
    } else if (next) {
      save.run(next);
    }
  };
  return (
    <Form onSubmit={submit}>
      <div className="keyledger-periods">
        {PRUNED_KINDS.map((kind) => (
          <PeriodField
            key={kind}
            kind={kind}
            value={draft[kind]}
            isValid={periodOf(draft[kind]) !== undefined}
            isDisabled={!mayConfigure}
            onChange={(value) => setDraft({ ...draft, [kind]: value })}
          />
        ))}
      </div>
      <p className="keyledger-muted">{t("retention.system")}</p>
      <Refused error={save.error} right="audit-configure" />
      {next === undefined && <Notice component="p" isInline isPlain variant="danger" title={t("retention.invalid")} />}
      {mayConfigure ? (
        <ActionGroup>
          <BusyButton
            type="submit"
            isLoading={save.isBusy}
            isDisabled={!isChanged || next === undefined || save.isBusy}
            data-testid="keyledger-save-periods"
          >
            {t("retention.save")}
          </BusyButton>
          <Button variant="link" isDisabled={!isChanged} onClick={() => setDraft(draftOf(periods))}>
            {t("retention.revert")}
          </Button>
        </ActionGroup>
      ) : (
        <TakesRole right="audit-configure" />
      )}
      {isAsking && next && (
        <ConfirmDialog
          title={t("retention.shorten.title")}
          confirmText={t("retention.shorten.confirm")}
          typed={realm}
          failure={(error) => <Refused error={error} right="audit-configure" />}
          onClose={() => setIsAsking(false)}
          onConfirm={async () => {
            await put(next);
            setIsAsking(false);
          }}
        >
          <p>{t("retention.shorten.body", { kinds: shortened.map((kind) => t(`kind.${kind}`)).join(", ") })}</p>
        </ConfirmDialog>
      )}
    </Form>
  );
};
