import { Title } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import type { Archive } from "../api/privacyTypes";
import { useLanguage } from "../i18n";

/** The files that hold what is, or was, in the database, the newest entries first; nothing while there is none. */
export const ArchiveTable = ({ archives }: { readonly archives: readonly Archive[] }) => {
  const { t, time, number } = useLanguage();
  if (archives.length === 0) {
    return null;
  }
  return (
    <div data-testid="keyledger-archives">
      <Title headingLevel="h3" size="md">
        {t("retention.archives")}
      </Title>
      <Table variant="compact" aria-label={t("retention.archives")}>
        <Thead>
          <Tr>
            <Th width={15}>{t("retention.range")}</Th>
            <Th width={20}>{t("retention.verified")}</Th>
            <Th>{t("retention.place")}</Th>
          </Tr>
        </Thead>
        <Tbody>
          {[...archives].reverse().map(({ from, to, sha256, place, verified }) => (
            <Tr key={from}>
              <Td dataLabel={t("retention.range")}>
                {t("retention.fromTo", { from: number(from), to: number(to - 1) })}
              </Td>
              <Td dataLabel={t("retention.verified")}>{time(verified)}</Td>
              <Td dataLabel={t("retention.place")} modifier="breakWord">
                <div>{place}</div>
                <div className="keyledger-mono keyledger-muted">{sha256}</div>
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </div>
  );
};
