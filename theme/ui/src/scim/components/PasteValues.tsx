import { Form, List, ListComponent, ListItem, OrderType, Title } from "@patternfly/react-core";
import { Notice } from "../../components/Notice";
import { useLanguage } from "../../i18n";
import type { Connection, Kind } from "../api/types";
import { useScim } from "../ScimContext";
import { OAuthValues } from "./OAuthValues";
import { PasteValue } from "./PasteValue";

const STEPS: Readonly<Record<Kind, readonly string[]>> = {
  okta: ["app", "integration", "test", "toApp", "assign"],
  entra: ["app", "credentials", "test", "mappings", "start"],
  generic: ["url", "token", "start"],
};

interface PasteValuesProps {
  readonly connection: Connection;
  /** The token's text while it may be shown; later there is only a word about it. */
  readonly token: string | undefined;
}

/** What to enter on the other side, field by field in its words, and the steps there. */
export const PasteValues = ({ connection, token }: PasteValuesProps) => {
  const { t } = useLanguage();
  const { kind } = connection;
  const baseUrl = `${useScim().page.realmUrl}/scim/v2`;
  return (
    <div className="keyledger-scim-paste" data-testid="keyledger-paste">
      <div>
        <Title headingLevel="h2" size="lg">
          {t("scim.paste.title")}
        </Title>
        <Form className="keyledger-section">
          <PasteValue label={t(`scim.paste.${kind}.url`)} value={baseUrl} testId="keyledger-paste-url" />
          {kind === "okta" && (
            <>
              <PasteValue label={t("scim.paste.okta.unique")} value="userName" />
              <PasteValue label={t("scim.paste.okta.mode")} value="HTTP Header" />
            </>
          )}
          {token ? (
            <>
              <PasteValue label={t(`scim.paste.${kind}.token`)} value={token} testId="keyledger-paste-token" />
              <Notice component="p" isInline isPlain variant="warning" title={t("scim.token.once")} />
            </>
          ) : (
            <Notice component="p" isInline isPlain variant="info" title={t("scim.paste.tokenGone")} />
          )}
          {kind === "generic" && <OAuthValues connection={connection} />}
        </Form>
      </div>
      <div>
        <Title headingLevel="h2" size="lg">
          {t(`scim.steps.${kind}.title`)}
        </Title>
        <List component={ListComponent.ol} type={OrderType.number} className="keyledger-section keyledger-scim-steps">
          {STEPS[kind].map((step) => (
            <ListItem key={step}>{t(`scim.steps.${kind}.${step}`)}</ListItem>
          ))}
        </List>
      </div>
    </div>
  );
};
