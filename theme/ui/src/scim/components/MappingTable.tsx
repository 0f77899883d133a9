import { Skeleton } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { useCallback } from "react";
import { Problem } from "../../components/Problem";
import { useLoad } from "../../hooks/useLoad";
import { useLanguage } from "../../i18n";
import { BUILT_IN, type Connection } from "../api/types";
import { mappingOf } from "../mapping";
import { useScim } from "../ScimContext";

/** Which attribute of the realm is which in SCIM. */
export const MappingTable = ({ connection: { name, attributes } }: { readonly connection: Connection }) => {
  const { t } = useLanguage();
  const { api } = useScim();
  const [profile, reload] = useLoad(useCallback((signal: AbortSignal) => api.profile(signal), [api]));
  if (profile.state === "failed") {
    return <Problem texts="scim." error={profile.error} onRetry={reload} />;
  }
  if (!profile.value) {
    return <Skeleton height="12rem" screenreaderText={t("loading")} />;
  }
  // what one connection calls somebody is not what another does
  const externalId = name === BUILT_IN ? "externalId" : `externalId.${name}`;
  return (
    <Table aria-label={t("scim.mapping.title")} variant="compact" data-testid="keyledger-mapping">
      <Thead>
        <Tr>
          <Th width={30}>{t("scim.mapping.keycloak")}</Th>
          <Th>{t("scim.mapping.scim")}</Th>
        </Tr>
      </Thead>
      <Tbody>
        {mappingOf(profile.value, externalId, attributes).map(({ keycloak, scim }) => (
          <Tr key={keycloak}>
            <Td dataLabel={t("scim.mapping.keycloak")} modifier="breakWord">
              {keycloak}
            </Td>
            <Td dataLabel={t("scim.mapping.scim")} modifier="breakWord" className="keyledger-mono">
              {scim}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
};
