import { useMemo } from "react";
import { auditLogApi } from "../../api/client";
import { Boundary } from "../../components/Boundary";
import type { PageContext } from "../../context";
import { LanguageProvider } from "../../i18n";
import { scimApi } from "../api/client";
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
        <Boundary texts="scim.">
          <Place />
        </Boundary>
      </ScimContext.Provider>
    </LanguageProvider>
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
