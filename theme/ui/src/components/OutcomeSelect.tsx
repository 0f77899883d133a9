import type { Outcome } from "../api/types";
import { useLanguage } from "../i18n";
import { SingleSelect } from "./SingleSelect";

const OPTIONS = ["any", "success", "failure"] as const;

interface OutcomeSelectProps {
  readonly outcome: Outcome | undefined;
  readonly onChange: (outcome: Outcome | undefined) => void;
}

/** Success, failure, or both. */
export const OutcomeSelect = ({ outcome, onChange }: OutcomeSelectProps) => {
  const { t } = useLanguage();
  return (
    <SingleSelect
      label={t("filter.outcome")}
      options={OPTIONS}
      selected={outcome ?? "any"}
      text={(option) => t(option === "any" ? "filter.outcome.any" : `outcome.${option}`)}
      onChange={(option) => onChange(option === "any" ? undefined : option)}
    />
  );
};
