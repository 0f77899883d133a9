import type { Proof } from "../api/types";

/** The C2SP tlog-proof of an entry, made of what was fetched with it: it needs no server. */
export function tlogProof({ leafIndex, hashes, checkpoint }: Proof): string {
  return ["c2sp.org/tlog-proof@v1", `index ${leafIndex}`, ...hashes, "", checkpoint].join("\n");
}
