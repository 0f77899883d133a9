import { HelperText, HelperTextItem, Progress, Title } from "@patternfly/react-core";
import { useCallback, useEffect } from "react";
import { useApi } from "../api/ApiContext";
import type { ErasureUnderWay } from "../api/privacyTypes";
import { useLoad } from "../hooks/useLoad";
import { useWhileVisible } from "../hooks/useWhileVisible";
import { useLanguage } from "../i18n";

const EVERY_MS = 2_000;
/** For so long nobody is seen at it before another server goes on. */
const PATIENCE_MS = 2 * 60_000;

interface UnderWayProps {
  /** None is any more. */
  readonly onDone?: () => void;
}

/** The erasures that are under way, and how far they are; asks again and again for as long as it is there. */
export const UnderWay = ({ onDone }: UnderWayProps) => {
  const api = useApi();
  const [load, again] = useLoad(useCallback((signal: AbortSignal) => api.erasures(signal), [api]));
  useWhileVisible(again, EVERY_MS);
  const rows = load.state === "failed" ? [] : (load.value?.underWay ?? []);
  const isDone = load.state === "ready" && rows.length === 0;
  useEffect(() => {
    if (isDone) {
      onDone?.();
    }
  }, [isDone, onDone]);
  return <ErasuresUnderWay rows={rows} />;
};

/** Each with a bar that says how much of the log is read; of whom they are the log does not tell. */
export const ErasuresUnderWay = ({ rows }: { readonly rows: readonly ErasureUnderWay[] }) => {
  const { t } = useLanguage();
  return rows.length === 0 ? null : (
    <section className="keyledger-stack" data-testid="keyledger-under-way">
      <Title headingLevel="h2" size="md">
        {t("privacy.underWay")}
      </Title>
      {rows.map((row) => (
        <Row key={`${row.since} ${row.reason}`} row={row} />
      ))}
    </section>
  );
};

const Row = ({ row }: { readonly row: ErasureUnderWay }) => {
  const { t, number, percent, time } = useLanguage();
  const { reason, since, seen, looked, toLook, entries } = row;
  const isRead = toLook > 0 && looked >= toLook;
  const read = t("privacy.underWay.read", { looked: number(looked), toLook: number(toLook) });
  const said = [
    isRead ? t("privacy.underWay.erasing") : read,
    t("privacy.underWay.entries", { count: number(entries) }),
    Date.now() - seen > PATIENCE_MS ? t("privacy.underWay.silent", { time: time(seen) }) : "",
  ];
  const part = toLook > 0 ? Math.floor((100 * looked) / toLook) : 0;
  return (
    <Progress
      size="sm"
      title={<span className="keyledger-long">{t("privacy.underWay.since", { reason, time: time(since) })}</span>}
      aria-label={t("privacy.underWay")}
      value={part}
      label={percent(part)}
      valueText={read}
      helperText={
        <HelperText>
          <HelperTextItem>{said.join(" ")}</HelperTextItem>
        </HelperText>
      }
    />
  );
};
