import { Button, Label } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { useLanguage } from "../../i18n";
import type { Token } from "../api/types";

const COLUMNS = ["name", "created", "expires", "lastUsed"] as const;
const SOON_MS = 30 * 86_400_000;

interface TokenTableProps {
  readonly tokens: readonly Token[];
  readonly canManage: boolean;
  readonly onRotate: (token: Token) => void;
  readonly onRevoke: (token: Token) => void;
}

/** The tokens of one connection, the oldest first. */
export const TokenTable = ({ tokens, canManage, onRotate, onRevoke }: TokenTableProps) => {
  const { t, date, ago } = useLanguage();
  return (
    <Table aria-label={t("scim.tab.tokens")} variant="compact" data-testid="keyledger-tokens">
      <Thead>
        <Tr>
          {COLUMNS.map((column) => (
            <Th key={column}>{t(`scim.token.${column}`)}</Th>
          ))}
          {canManage && <Th screenReaderText={t("scim.token.actions")} />}
        </Tr>
      </Thead>
      <Tbody>
        {tokens.map((token) => (
          <Tr key={token.id}>
            <Td dataLabel={t("scim.token.name")} modifier="breakWord">
              {token.name}
              <div className="keyledger-mono keyledger-muted">{token.id}</div>
            </Td>
            <Td dataLabel={t("scim.token.created")}>{date(Date.parse(token.created))}</Td>
            <Td dataLabel={t("scim.token.expires")}>
              <Expiry ms={Date.parse(token.expires)} />
            </Td>
            <Td dataLabel={t("scim.token.lastUsed")}>
              {token.lastUsed
                ? ago(Math.min(Date.parse(token.lastUsed), Date.now()), Date.now())
                : t("scim.activity.never")}
            </Td>
            {canManage && (
              <Td isActionCell modifier="nowrap">
                <Button
                  variant="link"
                  aria-label={t("scim.token.rotate.of", { name: token.name })}
                  onClick={() => onRotate(token)}
                >
                  {t("scim.token.rotate")}
                </Button>
                <Button
                  variant="link"
                  isDanger
                  aria-label={t("scim.token.revoke.of", { name: token.name })}
                  onClick={() => onRevoke(token)}
                >
                  {t("scim.token.revoke")}
                </Button>
              </Td>
            )}
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
};

/** When it ends, and whether that is near or past. */
const Expiry = ({ ms }: { readonly ms: number }) => {
  const { t, date, ago } = useLanguage();
  const left = ms - Date.now();
  return (
    <>
      {date(ms)}{" "}
      {left <= 0 ? (
        <Label isCompact color="red">
          {t("scim.token.expired")}
        </Label>
      ) : (
        left < SOON_MS && (
          <Label isCompact color="orange">
            {ago(ms, Date.now())}
          </Label>
        )
      )}
    </>
  );
};
