import {
  Button,
  EmptyState,
  EmptyStateActions,
  EmptyStateBody,
  EmptyStateFooter,
  EmptyStateHeader,
  EmptyStateIcon,
} from "@patternfly/react-core";
import { PluggedIcon } from "@patternfly/react-icons";
import { useLanguage } from "../../i18n";
import { KINDS } from "../api/types";
import { usePlace } from "../hooks/usePlace";
import { useScim } from "../ScimContext";

/** Instead of a list without a connection of one's own: what one is for, and the way to the first. */
export const NoConnections = () => {
  const { t } = useLanguage();
  const { href } = usePlace();
  const { page } = useScim();
  return (
    <EmptyState data-testid="keyledger-empty">
      <EmptyStateHeader
        titleText={t("scim.empty.title")}
        headingLevel="h2"
        icon={<EmptyStateIcon icon={PluggedIcon} />}
      />
      <EmptyStateBody>{t("scim.empty.body")}</EmptyStateBody>
      {page.manageConnections !== false && (
        <EmptyStateFooter>
          <EmptyStateActions>
            {KINDS.map((kind, at) => (
              <Button
                key={kind}
                component="a"
                variant={at === 0 ? "primary" : "secondary"}
                href={href({ view: "connect", kind })}
              >
                {t(`scim.connect.${kind}`)}
              </Button>
            ))}
          </EmptyStateActions>
        </EmptyStateFooter>
      )}
    </EmptyState>
  );
};
