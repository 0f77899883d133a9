import { useState } from "react";
import { useApi } from "../api/ApiContext";
import { HttpError } from "../api/client";
import type { VerificationRun } from "../api/types";
import { BusyButton } from "../components/BusyButton";
import { Notice } from "../components/Notice";
import { TakesRole } from "../components/TakesRole";
import { useRight } from "../hooks/LogStatus";
import { useAction } from "../hooks/useAction";
import { useLanguage } from "../i18n";

/** Lets the server verify everything that is stored, and says what it found. */
export const VerifyNow = ({ onDone }: { readonly onDone: () => void }) => {
  const { t } = useLanguage();
  const api = useApi();
  const mayVerify = useRight("audit-configure");
  const [result, setResult] = useState<VerificationRun>();
  const verify = useAction(async () => {
    setResult(undefined);
    setResult(await api.verifyNow(new AbortController().signal));
    onDone();
  });
  return (
    <>
      <BusyButton
        variant="secondary"
        isLoading={verify.isBusy}
        isDisabled={verify.isBusy || !mayVerify}
        onClick={verify.run}
      >
        {t(verify.isBusy ? "verifyNow.running" : "verifyNow.run")}
      </BusyButton>
      {!mayVerify && <TakesRole right="audit-configure" />}
      <div aria-live="polite" className="keyledger-section">
        {result && <Result result={result} />}
        <Refused error={verify.error} />
      </div>
    </>
  );
};

const Result = ({ result: { entries, findings } }: { readonly result: VerificationRun }) => {
  const { t, number } = useLanguage();
  const isClean = findings.length === 0;
  return (
    <Notice
      isInline
      component="h3"
      variant={isClean ? "success" : "danger"}
      title={t(isClean ? "verifyNow.clean" : "verifyNow.found", {
        count: number(entries),
        findings: number(findings.length),
      })}
    >
      {findings.map(({ check, finding }) => (
        <p key={`${check} ${finding}`} className="keyledger-mono">
          {check}: {finding}
        </p>
      ))}
    </Notice>
  );
};

const Refused = ({ error }: { readonly error: unknown }) => {
  const { t } = useLanguage();
  if (error === undefined) {
    return null;
  }
  const status = error instanceof HttpError ? error.status : 0;
  const isExpected = status === 403 || status === 409;
  const words = status === 403 ? "verifyNow.forbidden" : status === 409 ? "verifyNow.busy" : "verifyNow.failed";
  return <Notice isInline component="h3" variant={isExpected ? "info" : "danger"} title={t(words, { status })} />;
};
