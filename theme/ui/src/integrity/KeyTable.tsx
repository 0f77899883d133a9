import { Label } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import type { LogKey } from "../api/types";
import { CopyButton } from "../components/CopyButton";
import { useLanguage } from "../i18n";

/** The keys that have signed this log, the newest first. */
export const KeyTable = ({ keys }: { readonly keys: readonly LogKey[] }) => {
  const { t, time } = useLanguage();
  return (
    <Table variant="compact" borders={false} aria-label={t("integrity.keys")}>
      <Thead>
        <Tr>
          <Th>{t("integrity.keyId")}</Th>
          <Th>{t("integrity.keyType")}</Th>
          <Th>{t("integrity.since")}</Th>
          <Th>{t("integrity.vkey")}</Th>
        </Tr>
      </Thead>
      <Tbody>
        {keys.toReversed().map(({ keyId, type, signs, sinceTime, vkey }) => (
          <Tr key={vkey}>
            <Td dataLabel={t("integrity.keyId")}>
              <span className="keyledger-mono">{keyId}</span>{" "}
              {signs && (
                <Label isCompact color="green">
                  {t("integrity.signs")}
                </Label>
              )}
            </Td>
            <Td dataLabel={t("integrity.keyType")}>{type}</Td>
            <Td dataLabel={t("integrity.since")}>{sinceTime === null ? t("integrity.sinceStart") : time(sinceTime)}</Td>
            <Td dataLabel={t("integrity.vkey")}>
              <CopyButton label={t("copy")} text={() => Promise.resolve(vkey)} />
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
};
