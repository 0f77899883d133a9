import { useCallback, useEffect, useState } from "react";
import type { EntryDetail } from "../api/types";
import type { VerificationReport } from "../verify/verifyEntry";

export type Verification =
  | { readonly state: "idle" | "running" }
  | { readonly state: "done"; readonly report: VerificationReport }
  | { readonly state: "broken"; readonly reason: string };

const load = () => import("../verify/verifyEntry");

/**
 * Verifies on demand. The cryptography is a chunk of its own, fetched together with the entry: from then on it needs no
 * network.
 */
export function useVerification(entry: EntryDetail): readonly [Verification, () => void] {
  const [verification, setVerification] = useState<Verification>({ state: "idle" });
  useEffect(() => {
    load().catch(() => undefined); // it is asked for again when it is needed
  }, []);
  const verify = useCallback(() => {
    setVerification({ state: "running" });
    load()
      .then(({ verifyEntry }) => setVerification({ state: "done", report: verifyEntry(entry) }))
      .catch((failure: unknown) => setVerification({ state: "broken", reason: String(failure) }));
  }, [entry]);
  return [verification, verify];
}
