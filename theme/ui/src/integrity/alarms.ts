import type { LogStatus, Verifications } from "../api/types";

/** Something that a person should know or do. The words are `alarm.{name}` and `alarm.{name}.do`. */
export interface Alarm {
  readonly name: string;
  readonly severity: "danger" | "warning" | "info";
  /** What the server says of it. */
  readonly detail?: string;
  readonly count?: number;
}

const LATE = 2 * 60_000;
const LONG_AGO = 7 * 24 * 3_600_000;

/** What is wrong with the log, the worst first, and then what could be better. */
export function alarmsOf(
  status: LogStatus,
  { verified }: Pick<Verifications, "verified">,
  now: number,
): readonly Alarm[] {
  const { witness, verification, quarantined, staged, checkpointTime } = status;
  const failing = (status.sinks ?? []).filter(({ failures }) => failures > 0);
  const isLate = staged > 0 && (checkpointTime ?? 0) < now - LATE;
  const candidates: readonly (Alarm | false)[] = [
    status.state === "HALTED" && danger("halted", status.haltReason),
    verification.findings > 0 && { ...danger("findings"), count: verification.findings },
    quarantined > 0 && { ...danger("quarantined"), count: quarantined },
    status.keyProblem !== null && danger("keyProblem", status.keyProblem),
    witness !== null && witness.error !== null && { name: "witness", severity: "warning", detail: witness.error },
    status.witnesses?.overdue === true && {
      name: "quorum",
      severity: "warning",
      count: status.witnesses.quorumLag,
    },
    warning("archives", status.archives?.error),
    warning("timeStamp", status.timeStamp?.error),
    isLate && { name: "late", severity: "warning", count: staged },
    ...failing.map(
      ({ name, lastError }): Alarm => ({ name: "sink", severity: "warning", detail: `${name}: ${lastError}` }),
    ),
    verified !== null && verified < now - LONG_AGO && { name: "unverified", severity: "warning" },
    status.state === "FROZEN" && { name: "frozen", severity: "info" },
    verified === null && { name: "neverVerified", severity: "info" },
    witness === null && !status.witnesses && { name: "noWitness", severity: "info" },
    status.keyCustody === "database" && { name: "custody", severity: "info" },
  ];
  return candidates.filter((alarm) => alarm !== false);
}

function warning(name: string, detail: string | null | undefined): Alarm | false {
  return !!detail && { name, severity: "warning", detail };
}

function danger(name: string, detail?: string | null): Alarm {
  return { name, severity: "danger", ...(detail && { detail }) };
}
