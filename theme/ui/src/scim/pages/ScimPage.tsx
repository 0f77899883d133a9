import { PageSection } from "@patternfly/react-core";
import { useMemo } from "react";
import { auditLogApi, HttpError } from "../../api/client";
import { Boundary } from "../../components/Boundary";
import { Problem } from "../../components/Problem";
import type { PageContext } from "../../context";
import { LanguageProvider, useLanguage } from "../../i18n";
import { scimApi } from "../api/client";
import { ScimHeading } from "../components/ScimHeading";
import { usePlace } from "../hooks/usePlace";
import { ScimContext } from "../ScimContext";
import { ConnectionPage } from "./ConnectionPage";
import { ConnectionsPage } from "./ConnectionsPage";
import { ConnectPage } from "./ConnectPage";

/** The pages of one realm's connections: the list, the wizard, and one connection. */
export const ScimPage = ({ context }: { readonly context: PageContext }) => {
  const scim = useMemo(() => ({ api: scimApi(context), log: auditLogApi(context), page: context }), [context]);
  return (
    <LanguageProvider context={context}>
      <ScimContext.Provider value={scim}>
        <Boundary texts="scim.">{context.readConnections === false ? <Forbidden /> : <Place />}</Boundary>
      </ScimContext.Provider>
    </LanguageProvider>
  );
};

/** What is known to be refused is not asked for: each refusal is a line in somebody's log. */
const Forbidden = () => {
  const { t } = useLanguage();
  return (
    <>
      <ScimHeading title={t("scim.title")} subtitle={t("scim.subtitle")} />
      <PageSection variant="light">
        <Problem texts="scim." error={new HttpError(403)} />
      </PageSection>
    </>
  );
};

const Place = () => {
  const { place } = usePlace();
  switch (place.view) {
    case "list":
      return <ConnectionsPage />;
    case "connect":
      return <ConnectPage kind={place.kind} />;
    case "connection":
      return <ConnectionPage key={place.name} name={place.name} tab={place.tab} />;
  }
};
