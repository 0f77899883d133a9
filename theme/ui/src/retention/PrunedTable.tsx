import { Title } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import type { PrunedRange } from "../api/privacyTypes";
import { useLanguage } from "../i18n";

interface PrunedTableProps {
  readonly ranges: readonly PrunedRange[];
  readonly entryHref: (entry: string) => string;
}

/** What has left the database, the newest first; nothing while nothing has. */
export const PrunedTable = ({ ranges, entryHref }: PrunedTableProps) => {
  const { t, time, number } = useLanguage();
  if (ranges.length === 0) {
    return null;
  }
  return (
    <div data-testid="keyledger-pruned">
      <Title headingLevel="h3" size="md">
        {t("retention.pruned")}
      </Title>
      <Table variant="compact" aria-label={t("retention.pruned")}>
        <Thead>
          <Tr>
            <Th>{t("retention.range")}</Th>
            <Th>{t("retention.stayed")}</Th>
            <Th>{t("entry.when")}</Th>
            <Th>{t("retention.proof")}</Th>
          </Tr>
        </Thead>
        <Tbody>
          {[...ranges].reverse().map(({ from, to, kept, pruned, index }) => (
            <Tr key={`${from} ${pruned}`}>
              <Td dataLabel={t("retention.range")}>
                {t("retention.fromTo", { from: number(from), to: number(to - 1) })}
              </Td>
              <Td dataLabel={t("retention.stayed")}>{number(kept)}</Td>
              <Td dataLabel={t("entry.when")}>{time(pruned)}</Td>
              <Td dataLabel={t("retention.proof")}>
                {index === null ? (
                  t("state.staged")
                ) : (
                  <a href={entryHref(String(index))} aria-label={t("retention.proof.link", { index: number(index) })}>
                    {number(index)}
                  </a>
                )}
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </div>
  );
};
