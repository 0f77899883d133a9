import { FormSection } from "@patternfly/react-core";
import { useLanguage } from "../../i18n";
import type { Policy } from "../api/types";
import { ChoiceField } from "./ChoiceField";
import { RequiredActionsField } from "./RequiredActionsField";
import { SwitchField } from "./SwitchField";
import { TextField } from "./TextField";

interface PolicyFieldsProps {
  readonly policy: Policy;
  readonly isDisabled: boolean;
  readonly onChange: (policy: Policy) => void;
}

const CHOICES = {
  visibility: ["all", "provisioned"],
  existing: ["refuse", "adopt"],
  passwords: ["accept", "ignore"],
  deletion: ["delete", "disable"],
} as const;
type Choice = keyof typeof CHOICES;

/** What the requests of the other side mean: every member of the policy. */
export const PolicyFields = ({ policy, isDisabled, onChange }: PolicyFieldsProps) => {
  const { t } = useLanguage();
  const choice = (member: Choice) => (
    <ChoiceField<string>
      id={`keyledger-${member}`}
      label={t(`scim.policy.${member}`)}
      options={CHOICES[member]}
      selected={policy[member]}
      text={(option) => t(`scim.policy.${member}.${option}`)}
      help={(option) => t(`scim.policy.${member}.${option}.help`)}
      isDisabled={isDisabled}
      onChange={(option) => onChange({ ...policy, [member]: option })}
    />
  );
  const toggle = (member: "endSessions" | "administrators") => (
    <SwitchField
      id={`keyledger-${member}`}
      label={t(`scim.policy.${member}`)}
      help={t(`scim.policy.${member}.help`)}
      isChecked={policy[member]}
      isDisabled={isDisabled}
      onChange={(isChecked) => onChange({ ...policy, [member]: isChecked })}
    />
  );
  const { requestsPerMinute, ...withoutLimit } = policy;
  return (
    <>
      <FormSection title={t("scim.section.sees")} titleElement="h2">
        {choice("visibility")}
        {toggle("administrators")}
      </FormSection>
      <FormSection title={t("scim.section.arrival")} titleElement="h2">
        {choice("existing")}
        {choice("passwords")}
        <RequiredActionsField
          selected={policy.requiredActions}
          isDisabled={isDisabled}
          onChange={(requiredActions) => onChange({ ...policy, requiredActions })}
        />
      </FormSection>
      <FormSection title={t("scim.section.leaving")} titleElement="h2">
        {choice("deletion")}
        {toggle("endSessions")}
      </FormSection>
      <FormSection title={t("scim.section.limits")} titleElement="h2">
        <TextField
          id="keyledger-requestsPerMinute"
          type="number"
          label={t("scim.policy.requestsPerMinute")}
          help={t("scim.policy.requestsPerMinute.help")}
          value={requestsPerMinute === undefined ? "" : String(requestsPerMinute)}
          isDisabled={isDisabled}
          onChange={(text) => onChange(text === "" ? withoutLimit : { ...policy, requestsPerMinute: Number(text) })}
        />
      </FormSection>
    </>
  );
};
