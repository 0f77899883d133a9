import { Td, Tr } from "@patternfly/react-table";
import { useLanguage } from "../../i18n";
import { BUILT_IN, type Connection, titleOf } from "../api/types";
import { usePlace } from "../hooks/usePlace";
import type { Usage } from "../hooks/useUsage";
import { ConnectionState } from "./ConnectionState";
import { KindMark } from "./KindMark";
import { ErrorCount, LastActivity } from "./VitalSigns";

interface ConnectionRowProps {
  readonly connection: Connection;
  readonly usage: Usage;
}

/** One connection in the list. */
export const ConnectionRow = ({ connection, usage }: ConnectionRowProps) => {
  const { t } = useLanguage();
  const { href } = usePlace();
  const { name, kind, paused } = connection;
  const isBuiltIn = name === BUILT_IN;
  const title = isBuiltIn ? t("scim.builtIn") : titleOf(connection);
  return (
    <Tr>
      <Td dataLabel={t("scim.column.name")} modifier="breakWord">
        <a href={href({ view: "connection", name, tab: "overview" })}>{title}</a>{" "}
        {paused && <ConnectionState isPaused />}
        {title !== name && <div className="keyledger-mono keyledger-muted">{name}</div>}
      </Td>
      <Td dataLabel={t("scim.column.kind")}>
        <KindMark kind={kind} />
      </Td>
      <Td dataLabel={t("scim.column.scope")} modifier="breakWord">
        <ScopeText connection={connection} />
      </Td>
      <Td dataLabel={t("scim.column.auth")} modifier="breakWord">
        <AuthText connection={connection} />
      </Td>
      <Td dataLabel={t("scim.column.activity")}>
        <LastActivity usage={usage} />
      </Td>
      <Td dataLabel={t("scim.column.errors")}>
        <ErrorCount usage={usage} />
      </Td>
    </Tr>
  );
};

/** Whom the connection sees. */
export const ScopeText = ({ connection: { organization, policy } }: { readonly connection: Connection }) => {
  const { t } = useLanguage();
  return <>{organization ? t("scim.scope.organization", { organization }) : t(`scim.scope.${policy.visibility}`)}</>;
};

/** How the other side signs in. */
export const AuthText = ({ connection: { client, issuer } }: { readonly connection: Connection }) => {
  const { t } = useLanguage();
  return (
    <>
      {client ? t("scim.auth.client", { client }) : t("scim.auth.any")}
      {issuer && <div className="keyledger-muted">{t("scim.auth.issuer", { issuer: issuer.issuer })}</div>}
    </>
  );
};
