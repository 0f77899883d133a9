import { Drawer, DrawerContent, DrawerContentBody, PageSection } from "@patternfly/react-core";
import { useMemo } from "react";
import { ApiContext } from "../api/ApiContext";
import { auditLogApi, HttpError } from "../api/client";
import { Boundary } from "../components/Boundary";
import { EntryPanel } from "../components/EntryPanel";
import { PageHeading } from "../components/PageHeading";
import { Problem } from "../components/Problem";
import { SectionNav } from "../components/SectionNav";
import type { PageContext } from "../context";
import { LogStatusProvider } from "../hooks/LogStatus";
import { type Navigation, useAuditLocation } from "../hooks/useAuditLocation";
import { LanguageProvider } from "../i18n";
import { EntryListing } from "./EntryListing";
import { ExportPage } from "./ExportPage";
import { HistoryPage } from "./HistoryPage";
import { IntegrityPage } from "./IntegrityPage";
import { PrivacyPage } from "./PrivacyPage";

/** The audit log of one realm, or why this admin may not see it. */
export const AuditLogPage = ({ context }: { readonly context: PageContext }) => {
  const api = useMemo(() => auditLogApi(context), [context]);
  return (
    <LanguageProvider context={context}>
      {context.viewAuditLog === false ? (
        // what is known to be refused is not asked for: each refusal is a line in somebody's log
        <PageSection variant="light">
          <PageHeading />
          <Problem error={new HttpError(403)} />
        </PageSection>
      ) : (
        <ApiContext.Provider value={api}>
          <LogStatusProvider>
            <Boundary>
              <Screens />
            </Boundary>
          </LogStatusProvider>
        </ApiContext.Provider>
      )}
    </LanguageProvider>
  );
};

/** The screens, and beside them the entry that the address names. */
const Screens = () => {
  const navigation = useAuditLocation();
  const { location, go, href } = navigation;
  const close = () => {
    // its address may be its index, and its row is known by its id
    const row = document.querySelector<HTMLElement>(`a[id^="${rowLinkId("")}"][aria-current=true]`);
    go({ entry: undefined });
    row?.focus();
  };
  return (
    <Drawer isExpanded={location.entry !== undefined} isInline>
      <DrawerContent
        panelContent={
          location.entry && <EntryPanel key={location.entry} id={location.entry} href={href} onClose={close} />
        }
      >
        <DrawerContentBody>
          <PageSection variant="light" className="keyledger-head">
            <PageHeading />
            <SectionNav location={location} href={href} />
          </PageSection>
          <PageSection variant="light" padding={{ default: "noPadding" }}>
            <Screen {...navigation} />
          </PageSection>
        </DrawerContentBody>
      </DrawerContent>
    </Drawer>
  );
};

const Screen = (navigation: Navigation) => {
  const { section, resource } = navigation.location;
  if (section === "history" && resource) {
    return <HistoryPage key={`${resource.type} ${resource.id}`} {...navigation} resource={resource} />;
  }
  switch (section) {
    case "integrity":
      return <IntegrityPage />;
    case "export":
      return <ExportPage {...navigation} />;
    case "privacy":
      return <PrivacyPage {...navigation} />;
    default:
      return <EntryListing {...navigation} rowLinkId={rowLinkId} />;
  }
};

function rowLinkId(entry: string): string {
  return `keyledger-entry-${entry}`;
}
