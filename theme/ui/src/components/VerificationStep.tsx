import { ExpandableSection, Icon } from "@patternfly/react-core";
import { CheckCircleIcon, InProgressIcon, TimesCircleIcon } from "@patternfly/react-icons";
import { useLanguage } from "../i18n";
import type { Fact, Step } from "../verify/verifyEntry";

const SIGNS = {
  passed: { status: "success", Sign: CheckCircleIcon },
  failed: { status: "danger", Sign: TimesCircleIcon },
  pending: { status: "info", Sign: InProgressIcon },
} as const;

/** One step with its tick or cross; the numbers are folded away unless it failed. */
export const VerificationStep = ({ step }: { readonly step: Step }) => {
  const { t } = useLanguage();
  const { status, Sign } = SIGNS[step.state];
  const title = t(`verify.step.${step.name}`);
  return (
    <li className="keyledger-step" data-step={step.name} data-state={step.state}>
      <Icon status={status}>
        <Sign role="img" aria-label={t(`verify.state.${step.state}`)} aria-hidden={false} />
      </Icon>
      <div>
        {step.facts.length > 0 ? (
          <ExpandableSection toggleText={title} className="keyledger-step-facts">
            <Facts facts={step.facts} />
          </ExpandableSection>
        ) : (
          <span className="keyledger-step-title">{title}</span>
        )}
        {step.problem && <p className="keyledger-mono keyledger-removed">{step.problem}</p>}
      </div>
    </li>
  );
};

const Facts = ({ facts }: { readonly facts: readonly Fact[] }) => {
  const { tOr } = useLanguage();
  return (
    <dl className="keyledger-facts">
      {facts.map(({ name, value }) => (
        <div key={`${name} ${value}`} style={{ display: "contents" }}>
          <dt>{tOr(`verify.fact.${name}`, name)}</dt>
          <dd className="keyledger-mono">{value}</dd>
        </div>
      ))}
    </dl>
  );
};
