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
import { HttpError } from "../../api/client";
import { Pager } from "../../components/Pager";
import { isForbidden, Problem } from "../../components/Problem";
import { useLanguage } from "../../i18n";
import { BUILT_IN, type Connection } from "../api/types";
import { refusedSignIns, useActivity, VIEWS, type View } from "../hooks/useActivity";
import { useScim } from "../ScimContext";
import { ActivityTable } from "./ActivityTable";

/** What the connection has done and what was refused, from the audit log. */
export const ActivityTab = ({ connection }: { readonly connection: Connection }) => {
  const { t } = useLanguage();
  const { page } = useScim();
  if (page.viewAuditLog === false) {
    // what is known to be refused is not asked for: each refusal is a line in somebody's log
    return <Problem error={new HttpError(403)} />;
  }
  return connection.name === BUILT_IN ? (
    <EmptyState variant="sm">
      <EmptyStateHeader titleText={t("scim.activity.builtIn.title")} headingLevel="h2" />
      <EmptyStateBody>{t("scim.activity.builtIn.body")}</EmptyStateBody>
    </EmptyState>
  ) : (
    <ActivityOf connection={connection} />
  );
};

const ActivityOf = ({ connection }: { readonly connection: Connection }) => {
  const { t } = useLanguage();
  const [view, setView] = useState<View>("all");
  const [trail, setTrail] = useState<readonly string[]>([]);
  const [page, reload] = useActivity(connection, view, trail.at(-1));
  // without a client of its own nobody can be told to have tried to be it
  const views = VIEWS.filter((known) => known !== "signIns" || connection.client);
  if (page.state === "failed") {
    const texts = isForbidden(page.error) ? "" : "scim.";
    return <Problem texts={texts} error={page.error} onRetry={reload} />;
  }
  const choose = (next: View) => {
    setView(next);
    setTrail([]);
  };
  const isEmpty = page.state === "ready" && page.value.entries.length === 0 && page.value.next === null;
  return (
    <>
      <div className="keyledger-actions">
        <ToggleGroup aria-label={t("filter.outcome")}>
          {views.map((option) => (
            <ToggleGroupItem
              key={option}
              buttonId={`keyledger-view-${option}`}
              text={t(`scim.activity.${option}`)}
              isSelected={view === option}
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
          <EmptyStateHeader titleText={t(`scim.activity.${view}.none.title`)} headingLevel="h2" />
          <EmptyStateBody>{t(`scim.activity.${view}.none.body`)}</EmptyStateBody>
        </EmptyState>
      ) : (
        <ActivityTable entries={page.value?.entries} isStale={page.state === "loading"} />
      )}
      <StrangersLink />
      <Pager count={page.value?.entries.length} next={page.value?.next ?? null} trail={trail} onMove={setTrail} />
    </>
  );
};

/** Where those are who could not sign in and said nothing by which they could be told. */
const StrangersLink = () => {
  const { t } = useLanguage();
  const { realm } = useScim().page;
  return (
    <p className="keyledger-muted keyledger-section">
      {t("scim.activity.strangers")}{" "}
      <a href={`#/${encodeURIComponent(realm)}/audit-log?${refusedSignIns()}`}>{t("scim.activity.strangers.link")}</a>
    </p>
  );
};
