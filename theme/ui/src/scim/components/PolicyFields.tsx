import { FormSection } from "@patternfly/react-core";
import { useLanguage } from "../../i18n";
import type { Policy } from "../api/types";
import { ChoiceField } from "./ChoiceField";
import { RequiredActionsField } from "./RequiredActionsField";
import { SwitchField } from "./SwitchField";
import { TextField } from "./TextField";

interface PolicyFieldsProps {
  /** The built-in connection is everybody's: it may not do what one client is trusted with. */
  readonly isBuiltIn: boolean;
  readonly policy: Policy;
  readonly isDisabled: boolean;
  readonly onChange: (policy: Policy) => void;
}

const CHOICES = {
  visibility: ["all", "provisioned"],
  existing: ["refuse", "adopt"],
  passwords: ["accept", "ignore"],
  deletion: ["delete", "disable", "delayed"],
} as const;
type Choice = keyof typeof CHOICES;

/** What the requests of the other side mean: every member of the policy. */
export const PolicyFields = ({ isBuiltIn, policy, isDisabled, onChange }: PolicyFieldsProps) => {
  const { t } = useLanguage();
  const choice = (member: Choice) => (
    <ChoiceField<string>
      id={`keyledger-${member}`}
      label={t(`scim.policy.${member}`)}
      options={CHOICES[member].filter((option) => !(isBuiltIn && option === "delayed"))}
      selected={policy[member]}
      text={(option) => t(`scim.policy.${member}.${option}`)}
      help={(option) => t(`scim.policy.${member}.${option}.help`)}
      isDisabled={isDisabled}
      onChange={(option) => onChange(fitting({ ...policy, [member]: option }))}
    />
  );
  const toggle = (member: "endSessions" | "administrators" | "invite" | "logReads") => (
    <SwitchField
      id={`keyledger-${member}`}
      label={t(`scim.policy.${member}`)}
      help={t(`scim.policy.${member}.help`)}
      isChecked={policy[member]}
      isDisabled={isDisabled}
      onChange={(isChecked) => onChange({ ...policy, [member]: isChecked })}
    />
  );
  const number = (member: "requestsPerMinute" | "deleteAfterDays") => (
    <TextField
      id={`keyledger-${member}`}
      type="number"
      label={t(`scim.policy.${member}`)}
      help={t(`scim.policy.${member}.help`)}
      value={String(policy[member] ?? "")}
      isDisabled={isDisabled}
      onChange={(text) => {
        const { [member]: _before, ...others } = policy;
        onChange(text === "" ? others : { ...policy, [member]: Number(text) });
      }}
    />
  );
  return (
    <>
      <FormSection title={t("scim.section.sees")} titleElement="h2">
        {choice("visibility")}
        {!isBuiltIn && toggle("administrators")}
      </FormSection>
      <FormSection title={t("scim.section.arrival")} titleElement="h2">
        {choice("existing")}
        {choice("passwords")}
        <RequiredActionsField
          selected={policy.requiredActions}
          isDisabled={isDisabled}
          onChange={(requiredActions) => onChange({ ...policy, requiredActions })}
        />
        {toggle("invite")}
      </FormSection>
      <FormSection title={t("scim.section.leaving")} titleElement="h2">
        {choice("deletion")}
        {policy.deletion === "delayed" && number("deleteAfterDays")}
        {toggle("endSessions")}
      </FormSection>
      <FormSection title={t("scim.section.limits")} titleElement="h2">
        {number("requestsPerMinute")}
        {toggle("logReads")}
      </FormSection>
    </>
  );
};

/** Days are said only where somebody waits for them. */
function fitting(policy: Policy): Policy {
  const { deleteAfterDays, ...others } = policy;
  return policy.deletion === "delayed" ? { deleteAfterDays: deleteAfterDays ?? 30, ...others } : others;
}
