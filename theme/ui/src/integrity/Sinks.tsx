import { Card, CardBody, CardTitle } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import type { Sink } from "../api/types";
import { useLanguage } from "../i18n";

/** Those who are told the log, and how far they are. Nothing where there is nobody. */
export const Sinks = ({ sinks }: { readonly sinks: readonly Sink[] | undefined }) => {
  const { t, number, time } = useLanguage();
  if (!sinks || sinks.length === 0) {
    return null;
  }
  return (
    <Card isCompact isFlat data-testid="keyledger-sinks">
      <CardTitle component="h2">{t("integrity.sinks")}</CardTitle>
      <CardBody>
        <Table variant="compact" borders={false} aria-label={t("integrity.sinks")}>
          <Thead>
            <Tr>
              {(["sink", "state", "behind", "lag", "lastSuccess", "lastError"] as const).map((column) => (
                <Th key={column}>{t(`integrity.${column}`)}</Th>
              ))}
            </Tr>
          </Thead>
          <Tbody>
            {sinks.map(({ name, kind, state, behind, lagSeconds, lastSuccess, lastError }) => (
              <Tr key={`${kind} ${name}`}>
                <Td dataLabel={t("integrity.sink")} modifier="breakWord">
                  {name} <span className="keyledger-muted">{kind}</span>
                </Td>
                <Td dataLabel={t("integrity.state")}>{state}</Td>
                <Td dataLabel={t("integrity.behind")}>{number(behind)}</Td>
                <Td dataLabel={t("integrity.lag")}>{t("integrity.seconds", { count: number(lagSeconds) })}</Td>
                <Td dataLabel={t("integrity.lastSuccess")}>
                  {lastSuccess === null ? t("integrity.never") : time(lastSuccess)}
                </Td>
                <Td dataLabel={t("integrity.lastError")} modifier="breakWord">
                  {lastError ?? t("none")}
                </Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      </CardBody>
    </Card>
  );
};
