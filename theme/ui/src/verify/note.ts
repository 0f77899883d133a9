import { ed25519 } from "@noble/curves/ed25519.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { concat, equalBytes, fromBase64, toHex, utf8 } from "./bytes";

const ED25519 = 0x01;

/** A text that does not follow the C2SP formats; the message says what was found and what is wanted. */
export class NoteFormatError extends Error {}

/** A public key under a name: `<name>+<key ID in hex>+<base64(type || key)>`. */
export interface VerifierKey {
  readonly name: string;
  /** 8 lowercase hex digits. */
  readonly keyId: string;
  readonly publicKey: Uint8Array;
}

export function parseVerifierKey(vkey: string): VerifierKey {
  const match = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(vkey);
  const [, name = "", keyId = "", encoded = ""] = match ?? [];
  if (!match) {
    throw new NoteFormatError(`verifier key is '${vkey.slice(0, 200)}', want name+keyID+base64`);
  }
  const typed = fromBase64(encoded);
  if (typed[0] !== ED25519 || typed.length !== 33) {
    throw new NoteFormatError(`verifier key has type ${typed[0]} and ${typed.length - 1} bytes, want 1 and 32`);
  }
  const computed = toHex(sha256(concat(utf8(`${name}\n`), typed)).slice(0, 4));
  if (computed !== keyId) {
    throw new NoteFormatError(`verifier key says key ID ${keyId}, its bytes give ${computed}`);
  }
  return { name, keyId, publicKey: typed.slice(1) };
}

export interface NoteSignature {
  readonly name: string;
  /** 8 lowercase hex digits. */
  readonly keyId: string;
  readonly signature: Uint8Array;
}

/** A signed note: the text with its final newline, and the signature lines below the last empty line. */
export interface Note {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

export function parseNote(note: string): Note {
  const split = note.lastIndexOf("\n\n");
  if (split < 0 || !note.endsWith("\n")) {
    throw new NoteFormatError("the note has no empty line before its signatures, or no newline at its end");
  }
  const lines = note.slice(split + 2, -1).split("\n");
  return { text: note.slice(0, split + 1), signatures: lines.map(parseSignature) };
}

function parseSignature(line: string): NoteSignature {
  const match = /^\u2014 ([^+\s]+) (\S+)$/.exec(line);
  const [, name = "", encoded = ""] = match ?? [];
  const payload = match ? fromBase64(encoded) : new Uint8Array();
  if (payload.length < 5) {
    throw new NoteFormatError(`signature line is '${line.slice(0, 200)}', want '\u2014 name base64'`);
  }
  return { name, keyId: toHex(payload.slice(0, 4)), signature: payload.slice(4) };
}

/** Why a note is not signed by a key, or that it is. */
export type SignatureResult = "verified" | "unsigned" | "forged";

/** Lines of other keys are passed over; one bad signature of this key is enough to refuse the note. */
export function verifyNote(note: Note, key: VerifierKey): SignatureResult {
  const ours = note.signatures.filter((line) => line.name === key.name && line.keyId === key.keyId);
  if (ours.length === 0) {
    return "unsigned";
  }
  const message = utf8(note.text);
  return ours.every((line) => verifiesEd25519(line.signature, message, key.publicKey)) ? "verified" : "forged";
}

function verifiesEd25519(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  // the library throws for a signature of another length, and answers false for the rest
  return signature.length === 64 && ed25519.verify(signature, message, publicKey, { zip215: false });
}

/** The signed text of a log: its origin, its size and the root hash of the tree of that size. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
}

export function parseCheckpoint(text: string): Checkpoint {
  const [origin = "", size = "", root = "", ...rest] = text.split("\n");
  if (origin === "" || !/^(0|[1-9]\d{0,15})$/.test(size) || rest.length === 0) {
    throw new NoteFormatError(`checkpoint starts '${text.slice(0, 200)}', want origin, size and root on three lines`);
  }
  const hash = fromBase64(root);
  if (hash.length !== 32) {
    throw new NoteFormatError(`the checkpoint's root has ${hash.length} bytes, want 32`);
  }
  return { origin, size: Number(size), root: hash };
}

export function sameHash(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === 32 && equalBytes(a, b);
}
