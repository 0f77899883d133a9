import { FormGroup, FormSelect, FormSelectOption } from "@patternfly/react-core";
import { useLanguage } from "../../i18n";

/** How long a token may live. */
export const LIFETIMES = [30, 90, 180, 365, 730] as const;

interface DaysFieldProps {
  readonly id: string;
  readonly days: number;
  readonly onChange: (days: number) => void;
}

/** How long the token is to be good for. */
export const DaysField = ({ id, days, onChange }: DaysFieldProps) => {
  const { t, number } = useLanguage();
  return (
    <FormGroup label={t("scim.token.lifetime")} fieldId={id}>
      <FormSelect id={id} value={days} onChange={(_event, value) => onChange(Number(value))}>
        {LIFETIMES.map((option) => (
          <FormSelectOption key={option} value={option} label={t("scim.token.days", { days: number(option) })} />
        ))}
      </FormSelect>
    </FormGroup>
  );
};
