import { FormSection } from "@patternfly/react-core";
import { useLanguage } from "../../i18n";
import type { Connection } from "../api/types";
import { ChoiceField } from "./ChoiceField";
import { TextField } from "./TextField";

interface IdentityLinkFieldsProps {
  readonly connection: Connection;
  readonly isDisabled: boolean;
  readonly onChange: (connection: Connection) => void;
}

/** By which identity provider the people of the connection log in. */
export const IdentityLinkFields = ({ connection, isDisabled, onChange }: IdentityLinkFieldsProps) => {
  const { t } = useLanguage();
  const { identityProvider, ...withoutLink } = connection;
  return (
    <FormSection title={t("scim.section.identity")} titleElement="h2">
      <TextField
        id="keyledger-identityProvider"
        label={t("scim.identityProvider")}
        help={t("scim.identityProvider.help")}
        value={identityProvider?.alias ?? ""}
        isDisabled={isDisabled}
        onChange={(alias) =>
          onChange(
            alias === ""
              ? withoutLink
              : { ...connection, identityProvider: { subject: "externalId", ...identityProvider, alias } },
          )
        }
      />
      {identityProvider && (
        <ChoiceField
          id="keyledger-subject"
          label={t("scim.subject")}
          options={["externalId", "userName"]}
          selected={identityProvider.subject}
          text={(option) => option}
          help={(option) => t(`scim.subject.${option}.help`)}
          isDisabled={isDisabled}
          onChange={(subject) => onChange({ ...connection, identityProvider: { ...identityProvider, subject } })}
        />
      )}
    </FormSection>
  );
};
