import { Title } from "@patternfly/react-core";
import { ShieldAltIcon } from "@patternfly/react-icons";
import type { EntryDetail } from "../api/types";
import { useVerification } from "../hooks/useVerification";
import { useLanguage } from "../i18n";
import type { VerificationReport } from "../verify/verifyEntry";
import { BusyButton } from "./BusyButton";
import { Notice } from "./Notice";
import { ProofButtons } from "./ProofButtons";
import { VerificationStep } from "./VerificationStep";

/** The proof of the entry, computed here and step by step, and the proof to take along. */
export const VerifySection = ({ entry }: { readonly entry: EntryDetail }) => {
  const { t } = useLanguage();
  const [verification, verify] = useVerification(entry);
  return (
    <section data-testid="keyledger-verification">
      <Title headingLevel="h3" size="lg">
        {t("verify.title")}
      </Title>
      <p className="keyledger-muted">{t("verify.intro")}</p>
      <div className="keyledger-actions">
        <BusyButton
          variant="primary"
          icon={<ShieldAltIcon />}
          isLoading={verification.state === "running"}
          isDisabled={verification.state === "running"}
          onClick={verify}
        >
          {t(verification.state === "running" ? "verify.running" : "verify.run")}
        </BusyButton>
        {entry.proof && <ProofButtons id={entry.id} proof={entry.proof} />}
      </div>
      <div aria-live="polite">
        {verification.state === "done" && <Verdict report={verification.report} entry={entry} />}
        {verification.state === "broken" && (
          <Notice isInline variant="warning" title={t("verify.broken", { reason: verification.reason })} />
        )}
      </div>
      {verification.state === "done" && (
        <>
          <ol className="keyledger-steps" data-testid="keyledger-steps">
            {verification.report.steps.map((step) => (
              <VerificationStep key={step.name} step={step} />
            ))}
          </ol>
          {entry.proof && <p className="keyledger-muted">{t("verify.trust")}</p>}
        </>
      )}
    </section>
  );
};

const VARIANTS = { passed: "success", failed: "danger", pending: "info" } as const;

interface VerdictProps {
  readonly report: VerificationReport;
  readonly entry: EntryDetail;
}

const Verdict = ({ report: { state }, entry: { proof } }: VerdictProps) => {
  const { t, number } = useLanguage();
  return (
    <Notice
      isInline
      className="keyledger-section"
      data-testid={`keyledger-verdict-${state}`}
      variant={VARIANTS[state]}
      variantLabel={t("verify.title")}
      title={t(`verify.${state}.title`)}
    >
      {t(`verify.${state}.body`, { index: number(proof?.leafIndex ?? 0), size: number(proof?.treeSize ?? 0) })}
    </Notice>
  );
};
