import {
  Button,
  EmptyState,
  EmptyStateBody,
  EmptyStateHeader,
  ToggleGroup,
  ToggleGroupItem,
} from "@patternfly/react-core";
import { SyncAltIcon } from "@patternfly/react-icons";
import { useState } from "react";
import type { Outcome } from "../../api/types";
import { Pager } from "../../components/Pager";
import { isForbidden, Problem } from "../../components/Problem";
import { useLanguage } from "../../i18n";
import { BUILT_IN, type Connection } from "../api/types";
import { useActivity } from "../hooks/useActivity";
import { ActivityTable } from "./ActivityTable";

/** What the connection has done and what was refused, from the audit log. */
export const ActivityTab = ({ connection: { name } }: { readonly connection: Connection }) => {
  const { t } = useLanguage();
  return name === BUILT_IN ? (
    <EmptyState variant="sm">
      <EmptyStateHeader titleText={t("scim.activity.builtIn.title")} headingLevel="h2" />
      <EmptyStateBody>{t("scim.activity.builtIn.body")}</EmptyStateBody>
    </EmptyState>
  ) : (
    <ActivityOf connection={name} />
  );
};

const ActivityOf = ({ connection }: { readonly connection: string }) => {
  const { t } = useLanguage();
  const [outcome, setOutcome] = useState<Outcome>();
  const [trail, setTrail] = useState<readonly string[]>([]);
  const [page, reload] = useActivity(connection, outcome, trail.at(-1));
  if (page.state === "failed") {
    const texts = isForbidden(page.error) ? "" : "scim.";
    return <Problem texts={texts} error={page.error} onRetry={reload} />;
  }
  const choose = (next: Outcome | undefined) => {
    setOutcome(next);
    setTrail([]);
  };
  const isEmpty = page.state === "ready" && page.value.entries.length === 0 && page.value.next === null;
  return (
    <>
      <div className="keyledger-actions">
        <ToggleGroup aria-label={t("filter.outcome")}>
          {([undefined, "failure"] as const).map((option) => (
            <ToggleGroupItem
              key={option ?? "any"}
              buttonId={`keyledger-outcome-${option ?? "any"}`}
              text={t(option ? "scim.activity.failures" : "scim.activity.all")}
              isSelected={outcome === option}
              onChange={() => choose(option)}
            />
          ))}
        </ToggleGroup>
        <Button variant="link" icon={<SyncAltIcon />} onClick={reload}>
          {t("refresh")}
        </Button>
      </div>
      {isEmpty ? (
        <EmptyState variant="sm" data-testid="keyledger-empty">
          <EmptyStateHeader
            titleText={t(outcome ? "scim.activity.noFailure.title" : "scim.activity.none.title")}
            headingLevel="h2"
          />
          <EmptyStateBody>{t(outcome ? "scim.activity.noFailure.body" : "scim.activity.none.body")}</EmptyStateBody>
        </EmptyState>
      ) : (
        <ActivityTable entries={page.value?.entries} isStale={page.state === "loading"} />
      )}
      <Pager count={page.value?.entries.length} next={page.value?.next ?? null} trail={trail} onMove={setTrail} />
    </>
  );
};
