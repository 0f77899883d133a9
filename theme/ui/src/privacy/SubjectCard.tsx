import { Button, Card, CardBody, CardTitle, Label } from "@patternfly/react-core";
import { useState } from "react";
import { useApi } from "../api/ApiContext";
import type { ErasureDone, Subject } from "../api/privacyTypes";
import { BusyButton } from "../components/BusyButton";
import { TakesRole } from "../components/TakesRole";
import { useRight } from "../hooks/LogStatus";
import { useAction } from "../hooks/useAction";
import type { Navigation } from "../hooks/useAuditLocation";
import { useLanguage } from "../i18n";
import { LIST, NO_FILTERS } from "../location";
import { EraseDialog } from "./EraseDialog";
import { HoldDialog } from "./HoldDialog";
import { Refused } from "./Refused";

interface SubjectCardProps extends Pick<Navigation, "href"> {
  readonly subject: Subject;
  readonly onChanged: () => void;
  readonly onErased: (done: ErasureDone) => void;
}

const COLORS = { open: "blue", held: "gold", erased: "grey" } as const;

/** One person: by which names the log knows them, whether they may be erased, and the ways to do so. */
export const SubjectCard = ({ subject, href, onChanged, onErased }: SubjectCardProps) => {
  const { t, number, time } = useLanguage();
  const api = useApi();
  const release = useAction(() => api.release(subject.subject).then(onChanged));
  const mayErase = useRight("audit-erase");
  const [dialog, setDialog] = useState<"erase" | "hold">();
  const { hold, names, userId, state } = subject;
  const name = names[0] ?? userId ?? subject.subject;
  const close = () => {
    setDialog(undefined);
    onChanged(); // a dialog may be closed while what it began goes on
  };
  return (
    <Card isFlat isCompact data-testid="keyledger-subject" data-state={state}>
      <CardTitle component="h3">
        <span className="keyledger-long">{names.join(", ") || name}</span>{" "}
        <Label isCompact color={COLORS[state]}>
          {t(`privacy.state.${state}`)}
        </Label>
      </CardTitle>
      <CardBody>
        {userId && <div className="keyledger-mono keyledger-muted">{userId}</div>}
        <p>
          {subject.entries === 0 && state !== "erased"
            ? t("privacy.archives")
            : t("privacy.entries", { count: number(subject.entries) })}
        </p>
        {hold && (
          <p className="keyledger-long">
            {t("privacy.hold.since", { time: time(hold.since), reason: hold.reason })}{" "}
            {hold.until !== null && t("privacy.hold.until", { time: time(hold.until) })}
          </p>
        )}
        <Refused error={release.error} />
        {!mayErase && <TakesRole right="audit-erase" />}
        <div className="keyledger-actions">
          <Button variant="danger" isDisabled={state !== "open" || !mayErase} onClick={() => setDialog("erase")}>
            {t("privacy.erase")}
          </Button>
          {hold ? (
            <BusyButton variant="secondary" isLoading={release.isBusy} isDisabled={!mayErase} onClick={release.run}>
              {t("privacy.release")}
            </BusyButton>
          ) : (
            <Button variant="secondary" isDisabled={state === "erased" || !mayErase} onClick={() => setDialog("hold")}>
              {t("privacy.hold")}
            </Button>
          )}
          {state !== "erased" && (
            <Button
              variant="link"
              isInline
              component="a"
              href={href({ ...LIST, filters: { ...NO_FILTERS, fields: { user: [userId ?? name] } } })}
            >
              {t("entry.all", { name })}
            </Button>
          )}
        </div>
      </CardBody>
      {dialog === "erase" && <EraseDialog subject={subject} name={name} onClose={close} onErased={onErased} />}
      {dialog === "hold" && <HoldDialog subject={subject} name={name} onClose={close} />}
    </Card>
  );
};
