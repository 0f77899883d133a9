import { describe, expect, it } from "vitest";
import vectors from "../../test/vectors/tlog.json";
import type { JsonValue } from "../api/types";
import { toBase64url, toHex } from "./bytes";
import { canonicalJson } from "./canonicalJson";
import { commitment } from "./commitment";
import { parseLeaf } from "./leaf";
import { leafHash } from "./merkle";

describe("canonicalJson", () => {
  it.each<[JsonValue, string]>([
    [{ b: 1, a: [true, null, "x"] }, '{"a":[true,null,"x"],"b":1}'],
    [{ "\u20ac": 1, "\r": 2, "\ufb33": 3, "\ud83d\ude00": 4 }, '{"\\r":2,"\u20ac":1,"\ud83d\ude00":4,"\ufb33":3}'],
    ['\u0000\b\t\n\f\r\u001f"\\/\u007f', '"\\u0000\\b\\t\\n\\f\\r\\u001f\\"\\\\/\u007f"'],
    [[1e21, 1e-7, 0.1, -0, 100], "[1e+21,1e-7,0.1,0,100]"],
    [{}, "{}"],
  ])("of %j is as RFC 8785 has it", (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it("does not exist for a lone surrogate", () => {
    expect(() => canonicalJson({ a: "\ud800" })).toThrow("lone surrogate");
  });
});

describe("the leaf of the vectors", () => {
  const { leafV1 } = vectors;
  const bytes = new TextEncoder().encode(leafV1.leaf_jcs);

  it("has its leaf hash", () => {
    expect(toHex(leafHash(bytes))).toBe(leafV1.leaf_hash_hex);
  });

  it.each(Object.entries(leafV1.slots))("commits to its %s", (slot, { jcs, salt_hex, commit_b64url }) => {
    const leaf = parseLeaf(bytes);
    const salt = toBase64url(Uint8Array.from(salt_hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)));
    const subject = { origin: leaf.log, entryId: leaf.id, slot };
    expect(commitment(subject, salt, JSON.parse(jcs))).toBe(commit_b64url);
    expect(leaf.commitments[slot]).toBe(commit_b64url);
    expect(commitment({ ...subject, entryId: "another" }, salt, JSON.parse(jcs))).not.toBe(commit_b64url);
  });

  it.each([
    leafV1.leaf_jcs.replace(",", ", "),
    leafV1.leaf_jcs.replace('"v":1', '"v":1,"v":1'),
    leafV1.leaf_jcs.replace('"id"', '"\\u0069d"'),
    "[]",
    '{"v":1}',
  ])("is refused in any other writing: %s", (text) => {
    expect(() => parseLeaf(new TextEncoder().encode(text))).toThrow(SyntaxError);
  });
});
