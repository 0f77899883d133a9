import { describe, expect, it } from "vitest";
import vectors from "../../test/vectors/tlog.json";
import { toHex } from "./bytes";
import { NoteFormatError, parseCheckpoint, parseNote, parseVerifierKey, verifyNote } from "./note";

const { note: vector } = vectors;
const key = parseVerifierKey(vector.vkey);

describe("a verifier key", () => {
  it("has a name, a key ID and 32 bytes", () => {
    expect(key).toMatchObject({ name: vector.name, keyId: vector.key_id });
    expect(key.publicKey).toHaveLength(32);
  });

  it.each([
    ["", "want name+keyID+base64"],
    ["name only", "want name+keyID+base64"],
    [vector.vkey.replace("34e3ab70", "34e3ab71"), "its bytes give 34e3ab70"],
    [vector.vkey.replace("+AQ", "+Ag"), "has type 2"],
  ])("is refused when it reads '%s'", (text, message) => {
    expect(() => parseVerifierKey(text)).toThrow(message);
  });
});

describe("a signed checkpoint", () => {
  it("is verified under its own key, alone and beside a witness's line", () => {
    expect(verifyNote(parseNote(vector.note), key)).toBe("verified");
    expect(verifyNote(parseNote(vector.cosigned), key)).toBe("verified");
  });

  it("says origin, size and root", () => {
    const checkpoint = parseCheckpoint(parseNote(vector.note).text);
    expect({ ...checkpoint, root: toHex(checkpoint.root) }).toEqual({
      origin: vector.name,
      size: 8,
      root: vectors.roots[8],
    });
  });

  it("is forged once any character of its text differs", () => {
    for (let at = 0; at < vector.body.length - 1; at++) {
      const changed = vector.note.slice(0, at) + (vector.note[at] === "x" ? "y" : "x") + vector.note.slice(at + 1);
      expect(verifyNote(parseNote(changed), key)).toBe("forged");
    }
  });

  it("is forged once any bit of its signature differs", () => {
    const note = parseNote(vector.note);
    for (let bit = 0; bit < 512; bit += 7) {
      const signatures = note.signatures.map((line) => {
        const signature = Uint8Array.from(line.signature);
        signature[bit >> 3] = (signature[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        return { ...line, signature };
      });
      expect(verifyNote({ ...note, signatures }, key)).toBe("forged");
    }
  });

  it("is forged when one of two lines of the key is bad", () => {
    const note = parseNote(vector.note);
    const [line] = note.signatures;
    const bad = { name: key.name, keyId: key.keyId, signature: new Uint8Array(64) };
    expect(verifyNote({ ...note, signatures: line ? [line, bad] : [] }, key)).toBe("forged");
  });

  it("is forged when its signature is cut", () => {
    const note = parseNote(vector.note);
    const signatures = note.signatures.map((line) => ({ ...line, signature: line.signature.slice(1) }));
    expect(verifyNote({ ...note, signatures }, key)).toBe("forged");
  });

  it("is unsigned by a key that it does not name", () => {
    expect(verifyNote(parseNote(vector.note), { ...key, keyId: "00000000" })).toBe("unsigned");
    expect(verifyNote(parseNote(vector.note), { ...key, name: "other" })).toBe("unsigned");
  });

  it.each(["", "text", "text\n", "text\n\n", "text\n\nno dash\n", "text\n\n\u2014 name AAAA\n"])(
    "is refused as a note when it reads %j",
    (text) => {
      expect(() => parseNote(text)).toThrow(NoteFormatError);
    },
  );

  it.each(["o\n", "\n1\nAAAA\n", "o\n01\nAAAA\n", "o\n1\nAAAA\n"])("is refused when its text reads %j", (text) => {
    expect(() => parseCheckpoint(text)).toThrow(NoteFormatError);
  });
});
