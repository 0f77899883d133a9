import { Button, Divider, ExpandableSection, Title } from "@patternfly/react-core";
import { useState } from "react";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { FactList } from "../../components/FactList";
import { useLanguage } from "../../i18n";
import { BUILT_IN, type Connection, titleOf } from "../api/types";
import { usePlace } from "../hooks/usePlace";
import { useUsage } from "../hooks/useUsage";
import { useScim } from "../ScimContext";
import { AuthText, ScopeText } from "./ConnectionRow";
import { Failure } from "./Failure";
import { PasteValues } from "./PasteValues";
import { ErrorCount, LastActivity, LastError, RequestCount } from "./VitalSigns";

/** What the connection is, whether it lives, what to paste on the other side, and its end. */
export const OverviewTab = ({ connection }: { readonly connection: Connection }) => {
  const { t } = useLanguage();
  const { api, page } = useScim();
  const { go } = usePlace();
  const usage = useUsage(connection.name);
  const [isDeleting, setIsDeleting] = useState(false);
  const { name } = connection;
  const isBuiltIn = name === BUILT_IN;
  const end = isBuiltIn ? "scim.reset" : "scim.delete";
  return (
    <>
      <FactList
        facts={{
          "scim.name": <span className="keyledger-mono">{name}</span>,
          "scim.column.activity": <LastActivity usage={usage} />,
          "scim.requests": <RequestCount usage={usage} />,
          "scim.column.errors": <ErrorCount usage={usage} />,
          "scim.lastError": <LastError usage={usage} />,
          "scim.column.scope": <ScopeText connection={connection} />,
          "scim.column.auth": <AuthText connection={connection} />,
        }}
      />
      {!isBuiltIn && (
        <ExpandableSection toggleText={t("scim.paste.toggle")} className="keyledger-section">
          <PasteValues connection={connection} token={undefined} />
        </ExpandableSection>
      )}
      {page.manageConnections !== false && (
        <>
          <Divider className="keyledger-section" />
          <Title headingLevel="h2" size="lg" className="keyledger-section">
            {t(`${end}.title`)}
          </Title>
          <p>{t(`${end}.body`)}</p>
          <div className="keyledger-actions">
            <Button variant="danger" data-testid="keyledger-delete" onClick={() => setIsDeleting(true)}>
              {t(end)}
            </Button>
          </div>
        </>
      )}
      {isDeleting && (
        <ConfirmDialog
          title={t(`${end}.confirm`, { name: isBuiltIn ? t("scim.builtIn") : titleOf(connection) })}
          confirmText={t(end)}
          typed={name}
          failure={(error) => <Failure error={error} />}
          onClose={() => setIsDeleting(false)}
          onConfirm={async () => {
            await api.remove(name);
            go({ view: "list" });
          }}
        >
          <p>{t(`${end}.body`)}</p>
        </ConfirmDialog>
      )}
    </>
  );
};
