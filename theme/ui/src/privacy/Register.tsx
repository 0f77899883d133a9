import { Button, Title } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { useApi } from "../api/ApiContext";
import type { Erasure, Hold } from "../api/privacyTypes";
import { actorName } from "../components/labels";
import { useRight } from "../hooks/LogStatus";
import { useAction } from "../hooks/useAction";
import type { Navigation } from "../hooks/useAuditLocation";
import { useLanguage } from "../i18n";
import { LIST, NO_FILTERS } from "../location";
import { Refused } from "./Refused";

/** The legal holds in force. */
export const HoldTable = ({
  holds,
  onChanged,
}: {
  readonly holds: readonly Hold[];
  readonly onChanged: () => void;
}) => {
  const { t, time } = useLanguage();
  const api = useApi();
  const mayErase = useRight("audit-erase");
  const release = useAction((subject: string) => api.release(subject).then(onChanged));
  return (
    <section data-testid="keyledger-holds">
      <Title headingLevel="h2" size="lg">
        {t("privacy.holds")}
      </Title>
      <Refused error={release.error} />
      {holds.length === 0 ? (
        <p className="keyledger-muted">{t("privacy.holds.none")}</p>
      ) : (
        <Table variant="compact" aria-label={t("privacy.holds")}>
          <Thead>
            <Tr>
              <Th>{t("privacy.reference")}</Th>
              <Th>{t("privacy.reason")}</Th>
              <Th>{t("privacy.since")}</Th>
              <Th>{t("privacy.until")}</Th>
              {mayErase && <Th screenReaderText={t("privacy.release")} />}
            </Tr>
          </Thead>
          <Tbody>
            {holds.map(({ subject, reason, since, until }) => (
              <Tr key={subject}>
                <Td dataLabel={t("privacy.reference")} modifier="breakWord" className="keyledger-mono">
                  {subject}
                </Td>
                <Td dataLabel={t("privacy.reason")} modifier="breakWord">
                  {reason}
                </Td>
                <Td dataLabel={t("privacy.since")}>{time(since)}</Td>
                <Td dataLabel={t("privacy.until")}>{until === null ? t("none") : time(until)}</Td>
                {mayErase && (
                  <Td>
                    <Button variant="link" isInline onClick={() => release.run(subject)}>
                      {t("privacy.release")}
                    </Button>
                  </Td>
                )}
              </Tr>
            ))}
          </Tbody>
        </Table>
      )}
    </section>
  );
};

/** What was erased, as the log tells it: not of whom. */
export const ErasureTable = ({
  erasures,
  href,
}: { readonly erasures: readonly Erasure[] } & Pick<Navigation, "href">) => {
  const language = useLanguage();
  const { t, time, number } = language;
  return (
    <section data-testid="keyledger-erasures">
      <Title headingLevel="h2" size="lg">
        {t("privacy.erasures")}
      </Title>
      {erasures.length === 0 ? (
        <p className="keyledger-muted">{t("privacy.erasures.none")}</p>
      ) : (
        <Table variant="compact" aria-label={t("privacy.erasures")}>
          <Thead>
            <Tr>
              <Th>{t("entry.when")}</Th>
              <Th>{t("entry.who")}</Th>
              <Th>{t("privacy.reason")}</Th>
              <Th>{t("privacy.basis")}</Th>
              <Th>{t("privacy.count")}</Th>
            </Tr>
          </Thead>
          <Tbody>
            {erasures.map(({ entry, time: when, by, reason, legalBasis, entries }) => (
              <Tr key={entry.id}>
                <Td dataLabel={t("entry.when")}>
                  <a href={href({ ...LIST, filters: NO_FILTERS, entry: entry.id })}>{time(when)}</a>
                </Td>
                <Td dataLabel={t("entry.who")} modifier="breakWord">
                  {actorName(by, language)}
                </Td>
                <Td dataLabel={t("privacy.reason")} modifier="breakWord">
                  {reason ?? t("none")}
                </Td>
                <Td dataLabel={t("privacy.basis")} modifier="breakWord">
                  {legalBasis ?? t("none")}
                </Td>
                <Td dataLabel={t("privacy.count")}>{number(entries)}</Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      )}
    </section>
  );
};
