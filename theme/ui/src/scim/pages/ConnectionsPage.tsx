import { Button, PageSection } from "@patternfly/react-core";
import { SyncAltIcon } from "@patternfly/react-icons";
import { isForbidden, Problem } from "../../components/Problem";
import { useLanguage } from "../../i18n";
import { BUILT_IN } from "../api/types";
import { ConnectionTable } from "../components/ConnectionTable";
import { NoConnections } from "../components/NoConnections";
import { ScimHeading } from "../components/ScimHeading";
import { useConnections } from "../hooks/useConnections";
import { usePlace } from "../hooks/usePlace";
import { useUsages } from "../hooks/useUsage";
import { useScim } from "../ScimContext";

/** The connections of the realm, and the way to a new one. */
export const ConnectionsPage = () => {
  const { t } = useLanguage();
  const { href } = usePlace();
  const { page } = useScim();
  const [connections, reloadConnections] = useConnections();
  const [usageOf, reloadUsages] = useUsages();
  const reload = () => {
    reloadConnections();
    reloadUsages();
  };
  const isEmpty = connections.state === "ready" && connections.value.every(({ name }) => name === BUILT_IN);
  const canConnect =
    page.manageConnections !== false && !(connections.state === "failed" && isForbidden(connections.error));
  return (
    <>
      <ScimHeading title={t("scim.title")} subtitle={t("scim.subtitle")}>
        {canConnect && (
          <span className="keyledger-actions">
            <Button variant="link" icon={<SyncAltIcon />} onClick={reload}>
              {t("refresh")}
            </Button>
            <Button component="a" href={href({ view: "connect" })} data-testid="keyledger-connect">
              {t("scim.connect")}
            </Button>
          </span>
        )}
      </ScimHeading>
      <PageSection variant="light" padding={{ default: "noPadding" }}>
        {connections.state === "failed" ? (
          <Problem texts="scim." error={connections.error} onRetry={reload} />
        ) : (
          <>
            {isEmpty && <NoConnections />}
            <ConnectionTable connections={connections.value} usageOf={usageOf} />
          </>
        )}
      </PageSection>
    </>
  );
};
