import {
  Breadcrumb,
  BreadcrumbItem,
  Button,
  EmptyState,
  EmptyStateBody,
  EmptyStateHeader,
  Skeleton,
  Title,
} from "@patternfly/react-core";
import type { HistoryEntry } from "../api/types";
import { BusyButton } from "../components/BusyButton";
import { HistoryList } from "../components/HistoryList";
import { MinuteInput } from "../components/MinuteInput";
import { Problem } from "../components/Problem";
import { PrunedNote } from "../components/PrunedNote";
import { StateView } from "../components/StateView";
import type { Navigation } from "../hooks/useAuditLocation";
import { useHistory } from "../hooks/useHistory";
import { useLanguage } from "../i18n";
import { ANY_TIME, LIST, type Resource } from "../location";

const LAST_OF_MINUTE = 59_999;

/** One user, group, client or role through time: as it was, what has changed between two moments, and every change. */
export const HistoryPage = ({ resource, location, go, href }: Navigation & { readonly resource: Resource }) => {
  const { t, tOr } = useLanguage();
  const { load, retry, older } = useHistory(resource);
  const { at, than } = location;
  if (load.state === "failed") {
    return <Problem error={load.error} onRetry={retry} />;
  }
  const history = load.value;
  const next = history?.next;
  return (
    <div className="keyledger-body">
      <Breadcrumb aria-label={t("breadcrumb")}>
        <BreadcrumbItem to={href(LIST)}>{t("section.entries")}</BreadcrumbItem>
        <BreadcrumbItem isActive>{t("history.title")}</BreadcrumbItem>
      </Breadcrumb>
      <Title headingLevel="h2" size="xl" className="keyledger-long">
        {t("history.of", { name: nameOf(history?.entries, resource) })}
      </Title>
      <div className="keyledger-muted">
        {tOr(`resourceType.${resource.type}`, resource.type)} <span className="keyledger-mono">{resource.id}</span>
      </div>
      <Moments at={at} than={than} go={go} />
      {at !== undefined && <StateView resource={resource} at={at} than={than} />}
      <Title headingLevel="h3" size="lg" className="keyledger-section">
        {t("history.changes")}
      </Title>
      {!history && <Skeleton height="12rem" screenreaderText={t("loading")} />}
      {history?.entries.length === 0 && (
        <EmptyState data-testid="keyledger-empty">
          <EmptyStateHeader titleText={t("history.empty.title")} headingLevel="h4" />
          <EmptyStateBody>{t("history.empty.body")}</EmptyStateBody>
        </EmptyState>
      )}
      {history && <HistoryList entries={history.entries} href={href} />}
      {history && next === null && <PrunedNote time={ANY_TIME} href={href} />}
      {next && (
        <BusyButton variant="secondary" isLoading={load.state === "loading"} onClick={() => older(next)}>
          {t("history.older")}
        </BusyButton>
      )}
    </div>
  );
};

/** Asks for the moments; both are minutes of the browser's zone, seen at their end. */
const Moments = ({ at, than, go }: Pick<Navigation, "go"> & Pick<Navigation["location"], "at" | "than">) => {
  const { t } = useLanguage();
  const end = (ms: number | undefined) => (ms === undefined ? undefined : ms + LAST_OF_MINUTE);
  return (
    <div className="keyledger-time keyledger-section">
      <span>{t("history.asItWas")}</span>
      <MinuteInput label={t("history.at")} value={at} onChange={(ms) => go({ at: end(ms) })} />
      {at !== undefined && (
        <>
          <span>{t("history.compared")}</span>
          <MinuteInput label={t("history.than")} value={than} onChange={(ms) => go({ than: end(ms) })} />
        </>
      )}
      <span className="keyledger-muted">{Intl.DateTimeFormat().resolvedOptions().timeZone}</span>
      <Button variant="link" isInline onClick={() => go({ at: Date.now(), than: undefined })}>
        {t("history.now")}
      </Button>
    </div>
  );
};

/** The newest name that the log tells, or the id. */
function nameOf(entries: readonly HistoryEntry[] | undefined, { id }: Resource): string {
  return entries?.find(({ target }) => target?.name)?.target?.name ?? id;
}
