import { List, ListItem, Skeleton, Title } from "@patternfly/react-core";
import { Refusal } from "../api/client";
import type { Retention } from "../api/privacyTypes";
import { Notice } from "../components/Notice";
import { Problem } from "../components/Problem";
import type { Navigation } from "../hooks/useAuditLocation";
import { useLanguage } from "../i18n";
import { LIST, NO_FILTERS } from "../location";
import { ArchiveTable } from "./ArchiveTable";
import { PeriodsForm } from "./PeriodsForm";
import { PrunedTable } from "./PrunedTable";
import { PruneNow } from "./PruneNow";
import { useRetention } from "./useRetention";

/** What is kept, for how long, and why; how far entries have left the database, and what stands in the way. */
export const RetentionPanel = ({ location, href }: Pick<Navigation, "location" | "href">) => {
  const { t } = useLanguage();
  const [load, again] = useRetention();
  const entryHref = (entry: string) => href({ ...LIST, filters: NO_FILTERS, entry });
  return (
    <section className="keyledger-stack" data-testid="keyledger-retention">
      <Title headingLevel="h2" size="lg">
        {t("retention.title")}
      </Title>
      <WhatIsKept />
      {load.state === "failed" && load.error instanceof Refusal && load.error.status === 409 ? (
        <>
          <Notice component="h3" isInline variant="danger" title={t("retention.forged.title")}>
            <p>{t("retention.forged.body")}</p>
            <p className="keyledger-mono">{load.error.description}</p>
          </Notice>
          <PeriodsForm periods={undefined} realm={location.realm} onSaved={again} />
        </>
      ) : load.state === "failed" ? (
        <Problem error={load.error} onRetry={again} />
      ) : load.value ? (
        <>
          <PeriodsForm
            key={JSON.stringify(load.value.retention.periods)}
            periods={load.value.retention.periods}
            realm={location.realm}
            onSaved={again}
          />
          <HowFar retention={load.value.retention} entryHref={entryHref} />
          <PruneNow isPossible={load.value.retention.archiving} onPruned={again} />
          <PrunedTable ranges={load.value.retention.pruned} entryHref={entryHref} />
          <ArchiveTable archives={load.value.archives} />
        </>
      ) : (
        <Skeleton height="12rem" screenreaderText={t("loading")} />
      )}
    </section>
  );
};

const WhatIsKept = () => {
  const { t } = useLanguage();
  return (
    <List className="keyledger-readable">
      {["tree", "entries", "people", "archives"].map((what) => (
        <ListItem key={what}>{t(`retention.kept.${what}`)}</ListItem>
      ))}
    </List>
  );
};

interface HowFarProps {
  readonly retention: Retention;
  readonly entryHref: (entry: string) => string;
}

const HowFar = ({ retention, entryHref }: HowFarProps) => {
  const { t, number } = useLanguage();
  const { archiving, minIndex, size, undelivered, unit } = retention;
  return (
    <div className="keyledger-stack">
      <p data-testid="keyledger-how-far">
        {minIndex === 0
          ? t("retention.nothingPruned", { size: number(size) })
          : t("retention.prunedTo", { index: number(minIndex), size: number(size) })}
      </p>
      {!archiving && (
        <Notice component="h3" isInline variant="info" title={t("retention.noArchive.title")}>
          {t("retention.noArchive.body", { unit: number(unit) })}
        </Notice>
      )}
      {undelivered !== null && (
        <Notice component="h3" isInline variant="warning" title={t("retention.undelivered.title")}>
          {t("retention.undelivered.body")}{" "}
          <a href={entryHref(String(undelivered))}>{t("retention.undelivered.link", { index: number(undelivered) })}</a>
        </Notice>
      )}
    </div>
  );
};
