import { Skeleton } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import type { EntrySummary } from "../../api/types";
import { ErasedMark } from "../../components/ErasedMark";
import { OperationLabel, OutcomeMark, targetName } from "../../components/labels";
import { useLanguage } from "../../i18n";
import { useScim } from "../ScimContext";
import { FailureExplained } from "./FailureExplained";

const COLUMNS = ["time", "operation", "target", "outcome"] as const;

interface ActivityTableProps {
  /** `undefined` until they are there. */
  readonly entries: readonly EntrySummary[] | undefined;
  readonly isStale: boolean;
}

/** What came by the connection, with why what failed failed. */
export const ActivityTable = ({ entries, isStale }: ActivityTableProps) => {
  const { t } = useLanguage();
  return (
    <Table
      aria-label={t("scim.tab.activity")}
      aria-busy={isStale}
      variant="compact"
      className={isStale && entries ? "keyledger-stale" : ""}
      data-testid="keyledger-activity"
    >
      <Thead>
        <Tr>
          {COLUMNS.map((column) => (
            <Th key={column} {...(column === "outcome" && { width: 50 })}>
              {t(`column.${column}`)}
            </Th>
          ))}
        </Tr>
      </Thead>
      <Tbody>
        {entries
          ? entries.map((entry) => <ActivityRow key={entry.id} entry={entry} />)
          : ["80%", "65%", "90%", "70%", "85%"].map((width) => (
              <Tr key={width} data-testid="keyledger-skeleton">
                {COLUMNS.map((column) => (
                  <Td key={column} dataLabel={t(`column.${column}`)}>
                    <Skeleton width={width} />
                  </Td>
                ))}
              </Tr>
            ))}
      </Tbody>
    </Table>
  );
};

const ActivityRow = ({ entry }: { readonly entry: EntrySummary }) => {
  const language = useLanguage();
  const { t, date, clock } = language;
  const { realm } = useScim().page;
  const href = (id: string) => `#/${encodeURIComponent(realm)}/audit-log/${id}`;
  const erased = entry.erased?.target;
  return (
    <Tr>
      <Td dataLabel={t("column.time")}>
        <a href={href(entry.id)}>
          <span className="keyledger-nowrap">{date(entry.time)}</span>{" "}
          <span className="keyledger-nowrap">{clock(entry.time)}</span>
        </a>
      </Td>
      <Td dataLabel={t("column.operation")}>
        {entry.resourceType === "SCIM_REQUEST" ? (
          t("scim.activity.refused")
        ) : (
          <OperationLabel operation={entry.operation} />
        )}
      </Td>
      <Td dataLabel={t("column.target")} modifier="breakWord">
        {erased === undefined ? (
          targetName(entry.target, entry.resourceType, language)
        ) : (
          <ErasedMark by={erased} href={href} />
        )}
      </Td>
      <Td dataLabel={t("column.outcome")} modifier="breakWord">
        {entry.error ? <FailureExplained error={entry.error} /> : <OutcomeMark outcome={entry.outcome} />}
      </Td>
    </Tr>
  );
};
