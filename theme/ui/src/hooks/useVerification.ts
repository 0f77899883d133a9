import { useCallback, useState } from "react";
import type { EntryDetail } from "../api/types";
import type { VerificationReport } from "../verify/verifyEntry";

export type Verification =
  | { readonly state: "idle" | "running" }
  | { readonly state: "done"; readonly report: VerificationReport }
  | { readonly state: "broken"; readonly reason: string };

/** Verifies on demand; the cryptography is a chunk of its own that loads with the first question. */
export function useVerification(entry: EntryDetail): readonly [Verification, () => void] {
  const [verification, setVerification] = useState<Verification>({ state: "idle" });
  const verify = useCallback(() => {
    setVerification({ state: "running" });
    import("../verify/verifyEntry")
      .then(({ verifyEntry }) => setVerification({ state: "done", report: verifyEntry(entry) }))
      .catch((failure: unknown) => setVerification({ state: "broken", reason: String(failure) }));
  }, [entry]);
  return [verification, verify];
}
