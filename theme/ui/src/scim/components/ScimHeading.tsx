import { Breadcrumb, BreadcrumbItem, PageSection, Text, TextContent, Title } from "@patternfly/react-core";
import type { ReactNode } from "react";
import { useLanguage } from "../../i18n";
import { usePlace } from "../hooks/usePlace";

/** Takes the focus where a page becomes another one without a new address. */
export const TITLE_ID = "keyledger-scim-title";

interface ScimHeadingProps {
  readonly title: string;
  readonly subtitle?: string;
  /** Stands on the right of the title. */
  readonly children?: ReactNode;
  /** Whether the way back to the list is shown above. */
  readonly isBelowList?: boolean;
}

/** The head of each page. */
export const ScimHeading = ({ title, subtitle, children, isBelowList }: ScimHeadingProps) => {
  const { t } = useLanguage();
  const { href } = usePlace();
  return (
    <PageSection variant="light" className="keyledger-scim-head">
      {isBelowList && (
        <Breadcrumb aria-label={t("scim.breadcrumb")}>
          <BreadcrumbItem to={href({ view: "list" })}>{t("scim.title")}</BreadcrumbItem>
          <BreadcrumbItem isActive>{title}</BreadcrumbItem>
        </Breadcrumb>
      )}
      <div className="keyledger-heading">
        <div>
          <Title headingLevel="h1" size="2xl" className="keyledger-long" id={TITLE_ID} tabIndex={-1}>
            {title}
          </Title>
          {subtitle && (
            <TextContent>
              <Text>{subtitle}</Text>
            </TextContent>
          )}
        </div>
        {children}
      </div>
    </PageSection>
  );
};
