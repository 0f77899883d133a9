import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import type { JsonValue } from "../api/types";
import { fromBase64url, toBase64url, utf8 } from "./bytes";
import { canonicalJson } from "./canonicalJson";

const LABEL = "keyledger/commit/v1";

/** Which value a commitment speaks of. */
export interface CommitmentSubject {
  readonly origin: string;
  readonly entryId: string;
  readonly slot: string;
}

/**
 * The commitment to a slot's value, base64url: HMAC-SHA256 under the 32 bytes of the salt over label, origin, entry id,
 * slot and the canonical JSON of the value, each but the last followed by a zero byte.
 */
export function commitment(subject: CommitmentSubject, salt: string, value: JsonValue): string {
  const key = fromBase64url(salt);
  if (key.length !== 32) {
    throw new SyntaxError(`the salt of ${subject.slot} has ${key.length} bytes, want 32`);
  }
  const message = [LABEL, subject.origin, subject.entryId, subject.slot, canonicalJson(value)].join("\0");
  return toBase64url(hmac(sha256, key, utf8(message)));
}
