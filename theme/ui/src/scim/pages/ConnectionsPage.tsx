import { Button, PageSection } from "@patternfly/react-core";
import { isForbidden, Problem } from "../../components/Problem";
import { useLanguage } from "../../i18n";
import { BUILT_IN } from "../api/types";
import { ConnectionTable } from "../components/ConnectionTable";
import { NoConnections } from "../components/NoConnections";
import { ScimHeading } from "../components/ScimHeading";
import { useConnections } from "../hooks/useConnections";
import { usePlace } from "../hooks/usePlace";
import { useScim } from "../ScimContext";

/** The connections of the realm, and the way to a new one. */
export const ConnectionsPage = () => {
  const { t } = useLanguage();
  const { href } = usePlace();
  const { page } = useScim();
  const [connections, reload] = useConnections();
  const isEmpty = connections.state === "ready" && connections.value.every(({ name }) => name === BUILT_IN);
  const canConnect =
    page.manageConnections !== false && !(connections.state === "failed" && isForbidden(connections.error));
  return (
    <>
      <ScimHeading title={t("scim.title")} subtitle={t("scim.subtitle")}>
        {canConnect && (
          <span className="keyledger-actions">
            <Button variant="link" icon={undefined} onClick={reload}>
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
            <ConnectionTable connections={connections.value} />
          </>
        )}
      </PageSection>
    </>
  );
};
