import { FormGroup, FormSelect, FormSelectOption, TextInput } from "@patternfly/react-core";
import type { PrunedKind } from "../api/privacyTypes";
import { useLanguage } from "../i18n";
import type { TypedPeriod } from "./draft";
import { UNITS } from "./period";

interface PeriodFieldProps {
  readonly kind: PrunedKind;
  readonly value: TypedPeriod;
  readonly isValid: boolean;
  readonly isDisabled: boolean;
  readonly onChange: (value: TypedPeriod) => void;
}

/** How long the entries of one kind stay in the database. */
export const PeriodField = ({ kind, value, isValid, isDisabled, onChange }: PeriodFieldProps) => {
  const { t } = useLanguage();
  const name = t(`kind.${kind}`);
  const isCounted = value.unit !== "forever" && value.unit !== "other";
  return (
    <FormGroup role="group" label={name} fieldId={`keyledger-period-${kind}`}>
      <div className="keyledger-period">
        {isCounted && (
          <TextInput
            type="number"
            min={1}
            aria-label={t("retention.count", { kind: name })}
            value={value.count}
            validated={isValid ? "default" : "error"}
            isDisabled={isDisabled}
            onChange={(_event, count) => onChange({ ...value, count })}
          />
        )}
        <FormSelect
          aria-label={t("retention.unit", { kind: name })}
          value={value.unit}
          isDisabled={isDisabled}
          onChange={(_event, unit) =>
            onChange({ ...value, count: value.count || "1", unit: unit as TypedPeriod["unit"] })
          }
        >
          {[...UNITS, "forever" as const].map((unit) => (
            <FormSelectOption key={unit} value={unit} label={t(`retention.unit.${unit}`)} />
          ))}
          {value.other && <FormSelectOption value="other" label={value.other} />}
        </FormSelect>
      </div>
    </FormGroup>
  );
};
