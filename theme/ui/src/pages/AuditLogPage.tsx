import { Drawer, DrawerContent, DrawerContentBody, PageSection } from "@patternfly/react-core";
import { useMemo } from "react";
import { ApiContext } from "../api/ApiContext";
import { auditLogApi } from "../api/client";
import { Boundary } from "../components/Boundary";
import { EntryPanel } from "../components/EntryPanel";
import { PageHeading } from "../components/PageHeading";
import type { PageContext } from "../context";
import { useAuditLocation } from "../hooks/useAuditLocation";
import { LanguageProvider } from "../i18n";
import { EntryListing } from "./EntryListing";

/** The audit log of one realm: the list, and beside it the entry that the address names. */
export const AuditLogPage = ({ context }: { readonly context: PageContext }) => {
  const api = useMemo(() => auditLogApi(context), [context]);
  const { location, go, href } = useAuditLocation();
  const close = () => {
    go({ entry: undefined });
    document.getElementById(rowLinkId(location.entry))?.focus();
  };
  return (
    <LanguageProvider context={context}>
      <ApiContext.Provider value={api}>
        <Boundary>
          <Drawer isExpanded={location.entry !== undefined} isInline>
            <DrawerContent
              panelContent={location.entry && <EntryPanel key={location.entry} id={location.entry} onClose={close} />}
            >
              <DrawerContentBody>
                <PageSection variant="light">
                  <PageHeading />
                </PageSection>
                <PageSection variant="light" padding={{ default: "noPadding" }}>
                  <EntryListing location={location} go={go} href={href} rowLinkId={rowLinkId} />
                </PageSection>
              </DrawerContentBody>
            </DrawerContent>
          </Drawer>
        </Boundary>
      </ApiContext.Provider>
    </LanguageProvider>
  );
};

function rowLinkId(entry: string | undefined): string {
  return `keyledger-entry-${entry}`;
}
