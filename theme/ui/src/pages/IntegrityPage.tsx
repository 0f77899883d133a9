import { Card, CardBody, CardTitle, Skeleton } from "@patternfly/react-core";
import type { Keys, LogStatus, Verifications } from "../api/types";
import { CopyButton } from "../components/CopyButton";
import { Problem } from "../components/Problem";
import { useLanguage } from "../i18n";
import { Alarms } from "../integrity/Alarms";
import { AskedWitnesses } from "../integrity/AskedWitnesses";
import { alarmsOf } from "../integrity/alarms";
import { Facts } from "../integrity/Facts";
import { KeyTable } from "../integrity/KeyTable";
import { Sinks } from "../integrity/Sinks";
import { useIntegrity } from "../integrity/useIntegrity";
import { VerifyNow } from "../integrity/VerifyNow";

/** Whether the log can be trusted, by what, and what to do where something is wrong. */
export const IntegrityPage = () => {
  const { t } = useLanguage();
  const [load, again] = useIntegrity();
  if (load.state === "failed") {
    return <Problem error={load.error} onRetry={again} />;
  }
  if (!load.value) {
    return (
      <div className="keyledger-body">
        <Skeleton height="20rem" screenreaderText={t("loading")} />
      </div>
    );
  }
  const { status, keys, verifications, now } = load.value;
  return (
    <div className="keyledger-body" data-testid="keyledger-integrity">
      <Alarms alarms={alarmsOf(status, verifications, now)} />
      <div className="keyledger-cards">
        <LogCard status={status} now={now} />
        <div className="keyledger-cards">
          <WitnessCard status={status} />
          <VerificationCard verifications={verifications} now={now} onVerified={again} />
        </div>
      </div>
      <KeysCard keys={keys} />
      <Sinks sinks={status.sinks} />
    </div>
  );
};

const LogCard = ({ status, now }: { readonly status: LogStatus; readonly now: number }) => {
  const { t, number, ago } = useLanguage();
  const { checkpoint } = status;
  return (
    <Facts
      title={t("integrity.log")}
      lines={{
        state: t(`integrity.state.${status.state}`),
        origin: <span className="keyledger-mono">{status.origin}</span>,
        epoch: number(status.epoch),
        size: number(status.size),
        signedSize: number(status.signedSize),
        minIndex: (status.minIndex ?? 0) > 0 && number(status.minIndex ?? 0),
        staged: number(status.staged),
        archived: status.archives && number(status.archives.size),
        checkpoint: status.checkpointTime === null ? t("status.unsigned") : ago(status.checkpointTime, now),
      }}
    >
      {checkpoint && <CopyButton label={t("integrity.copyCheckpoint")} text={() => Promise.resolve(checkpoint)} />}
    </Facts>
  );
};

const WitnessCard = ({ status: { witness, witnesses, timeStamp } }: { readonly status: LogStatus }) => {
  const { t, number, time } = useLanguage();
  const stamped = timeStamp && {
    timeStamp:
      timeStamp.time === null
        ? t("none")
        : t("integrity.timeStamp.of", { count: number(timeStamp.size), time: time(timeStamp.time) }),
  };
  return (
    <Facts
      title={t("integrity.witness")}
      lines={{
        ...(witness
          ? {
              witnessState: t(witness.error ? "integrity.witness.failing" : "integrity.witness.well"),
              witnessPath: <span className="keyledger-mono">{witness.path}</span>,
              witnessSize: witness.size === null ? t("none") : number(witness.size),
              witnessErrors: witness.errors > 0 && number(witness.errors),
            }
          : { witnessState: !witnesses && t("integrity.witness.none") }),
        ...stamped,
      }}
    >
      {witnesses && <AskedWitnesses witnesses={witnesses} />}
    </Facts>
  );
};

interface VerificationCardProps {
  readonly verifications: Verifications;
  readonly now: number;
  readonly onVerified: () => void;
}

const VerificationCard = ({ verifications, now, onVerified }: VerificationCardProps) => {
  const { t, number, ago, time } = useLanguage();
  const { verified, verifiedSize, sampled, findings } = verifications;
  return (
    <Facts
      title={t("integrity.verification")}
      lines={{
        verified: verified === null ? t("integrity.never") : ago(verified, now),
        verifiedSize: verified !== null && number(verifiedSize),
        sampled: sampled === null ? t("integrity.never") : ago(sampled, now),
        findings: number(findings.length),
      }}
    >
      {findings.map(({ check, finding, time: found }) => (
        <p key={`${check} ${finding}`} className="keyledger-mono keyledger-removed">
          {found !== undefined && time(found)} {check}: {finding}
        </p>
      ))}
      <div className="keyledger-section">
        <VerifyNow onDone={onVerified} />
      </div>
    </Facts>
  );
};

const KeysCard = ({ keys: { custody, keys } }: { readonly keys: Keys }) => {
  const { t } = useLanguage();
  return (
    <Card isCompact isFlat>
      <CardTitle component="h2">{t("integrity.keys")}</CardTitle>
      <CardBody>
        <p>{t(`integrity.custody.${custody}`)}</p>
        <KeyTable keys={keys} />
      </CardBody>
    </Card>
  );
};
