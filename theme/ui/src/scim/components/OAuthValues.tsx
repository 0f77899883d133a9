import { ExpandableSection } from "@patternfly/react-core";
import { useLanguage } from "../../i18n";
import type { Connection } from "../api/types";
import { useScim } from "../ScimContext";
import { PasteValue } from "./PasteValue";

/** The better way for a client that knows OAuth: access tokens that end by themselves. */
export const OAuthValues = ({ connection: { client } }: { readonly connection: Connection }) => {
  const { t } = useLanguage();
  const { realmUrl } = useScim().page;
  return client === undefined ? null : (
    <ExpandableSection toggleText={t("scim.oauth.title")}>
      <p>{t("scim.oauth.body", { client })}</p>
      <div className="keyledger-scim-stack keyledger-section">
        <PasteValue label={t("scim.oauth.tokenUrl")} value={`${realmUrl}/protocol/openid-connect/token`} />
        <PasteValue label={t("scim.oauth.client")} value={client} />
        <PasteValue label={t("scim.oauth.grant")} value="client_credentials" />
      </div>
    </ExpandableSection>
  );
};
