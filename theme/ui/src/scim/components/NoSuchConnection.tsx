import {
  Button,
  EmptyState,
  EmptyStateActions,
  EmptyStateBody,
  EmptyStateFooter,
  EmptyStateHeader,
} from "@patternfly/react-core";
import { useLanguage } from "../../i18n";
import { usePlace } from "../hooks/usePlace";
import { ScimHeading } from "./ScimHeading";

/** In place of a connection that an old link names. */
export const NoSuchConnection = ({ name }: { readonly name: string }) => {
  const { t } = useLanguage();
  const { href } = usePlace();
  return (
    <>
      <ScimHeading isBelowList title={name} />
      <EmptyState data-testid="keyledger-missing">
        <EmptyStateHeader titleText={t("scim.missing.title")} headingLevel="h2" />
        <EmptyStateBody className="keyledger-long">{t("scim.missing.body", { name })}</EmptyStateBody>
        <EmptyStateFooter>
          <EmptyStateActions>
            <Button component="a" href={href({ view: "list" })}>
              {t("scim.missing.back")}
            </Button>
          </EmptyStateActions>
        </EmptyStateFooter>
      </EmptyState>
    </>
  );
};
