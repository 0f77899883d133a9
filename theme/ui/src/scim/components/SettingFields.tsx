import { FormSection } from "@patternfly/react-core";
import { useLanguage } from "../../i18n";
import { BUILT_IN, type Connection, type Issuer } from "../api/types";
import { IdentityLinkFields } from "./IdentityLinkFields";
import { SwitchField } from "./SwitchField";
import { TextField } from "./TextField";

const ISSUER_MEMBERS = ["issuer", "audience", "subject", "jwksUrl"] as const;
const NO_ISSUER: Issuer = { issuer: "", audience: "", subject: "", jwksUrl: "" };

interface SettingFieldsProps {
  readonly connection: Connection;
  readonly isDisabled: boolean;
  readonly onChange: (connection: Connection) => void;
}

/** The settings outside the policy: what it is called, whose people it sees, how the other side signs in. */
export const SettingFields = ({ connection, isDisabled, onChange }: SettingFieldsProps) => {
  const { t } = useLanguage();
  const { issuer, ...withoutIssuer } = connection;
  const text = (member: "displayName" | "organization" | "tokenScope") => (
    <TextField
      id={`keyledger-${member}`}
      label={t(`scim.${member}`)}
      help={t(`scim.${member}.help`)}
      value={connection[member] ?? ""}
      isDisabled={isDisabled}
      onChange={(value) => {
        const { [member]: _before, ...others } = connection;
        onChange(value === "" ? others : { ...connection, [member]: value });
      }}
    />
  );
  return (
    <>
      <FormSection title={t("scim.section.general")} titleElement="h2">
        {text("displayName")}
        {connection.name !== BUILT_IN && text("organization")}
      </FormSection>
      <FormSection title={t("scim.section.signIn")} titleElement="h2">
        {text("tokenScope")}
        {connection.name !== BUILT_IN && (
          <SwitchField
            id="keyledger-issuer"
            label={t("scim.issuer")}
            help={t("scim.issuer.help")}
            isChecked={issuer !== undefined}
            isDisabled={isDisabled}
            onChange={(isChecked) => onChange(isChecked ? { ...connection, issuer: NO_ISSUER } : withoutIssuer)}
          />
        )}
        {issuer &&
          ISSUER_MEMBERS.map((member) => (
            <TextField
              key={member}
              id={`keyledger-issuer-${member}`}
              label={t(`scim.issuer.${member}`)}
              help={t(`scim.issuer.${member}.help`)}
              value={issuer[member]}
              isRequired
              isDisabled={isDisabled}
              onChange={(value) => onChange({ ...connection, issuer: { ...issuer, [member]: value } })}
            />
          ))}
      </FormSection>
      <IdentityLinkFields connection={connection} isDisabled={isDisabled} onChange={onChange} />
    </>
  );
};
