import { ProgressStep, ProgressStepper } from "@patternfly/react-core";
import { useLanguage } from "../../i18n";

const STEPS = ["kind", "rules", "paste"] as const;

/** How far the wizard is: 0 to 2. */
export const ConnectSteps = ({ current }: { readonly current: number }) => {
  const { t } = useLanguage();
  return (
    <ProgressStepper aria-label={t("scim.connect.steps")} isCenterAligned className="keyledger-scim-stepper">
      {STEPS.map((step, at) => (
        <ProgressStep
          key={step}
          id={`keyledger-step-${step}`}
          titleId={`keyledger-step-${step}-title`}
          variant={at < current ? "success" : at === current ? "info" : "pending"}
          isCurrent={at === current}
          aria-label={t(at < current ? "scim.step.done" : at === current ? "scim.step.current" : "scim.step.pending")}
        >
          {t(`scim.step.${step}`)}
        </ProgressStep>
      ))}
    </ProgressStepper>
  );
};
