import { Alert, Button } from "@patternfly/react-core";
import { useState } from "react";
import { useApi } from "../api/ApiContext";
import { HttpError } from "../api/client";
import type { VerificationRun } from "../api/types";
import { useLanguage } from "../i18n";

type Run =
  | { readonly state: "idle" | "running" }
  | { readonly state: "done"; readonly result: VerificationRun }
  | { readonly state: "failed"; readonly error: unknown };

/** Lets the server verify everything that is stored, and says what it found. */
export const VerifyNow = ({ onDone }: { readonly onDone: () => void }) => {
  const { t, number } = useLanguage();
  const api = useApi();
  const [run, setRun] = useState<Run>({ state: "idle" });
  const start = () => {
    setRun({ state: "running" });
    api.verifyNow(new AbortController().signal).then(
      (result) => {
        setRun({ state: "done", result });
        onDone();
      },
      (error: unknown) => setRun({ state: "failed", error }),
    );
  };
  const isRunning = run.state === "running";
  return (
    <>
      <Button variant="secondary" isLoading={isRunning} isDisabled={isRunning} onClick={start}>
        {t(isRunning ? "verifyNow.running" : "verifyNow.run")}
      </Button>
      <div aria-live="polite" className="keyledger-section">
        {run.state === "done" && (
          <Alert
            isInline
            component="h3"
            variant={run.result.findings.length === 0 ? "success" : "danger"}
            title={t(run.result.findings.length === 0 ? "verifyNow.clean" : "verifyNow.found", {
              count: number(run.result.entries),
              findings: number(run.result.findings.length),
            })}
          >
            {run.result.findings.map(({ check, finding }) => (
              <p key={`${check} ${finding}`} className="keyledger-mono">
                {check}: {finding}
              </p>
            ))}
          </Alert>
        )}
        {run.state === "failed" && <Refused error={run.error} />}
      </div>
    </>
  );
};

const Refused = ({ error }: { readonly error: unknown }) => {
  const { t } = useLanguage();
  const status = error instanceof HttpError ? error.status : 0;
  const words = status === 403 ? "verifyNow.forbidden" : status === 409 ? "verifyNow.busy" : "verifyNow.failed";
  return (
    <Alert
      isInline
      component="h3"
      variant={status === 403 || status === 409 ? "info" : "danger"}
      title={t(words, { status })}
    />
  );
};
