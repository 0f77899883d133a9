import { describe, expect, it } from "vitest";
import vectors from "../../test/vectors/tlog.json";
import { toHex } from "./bytes";
import { inclusionPath, leafHash, ProofShapeError } from "./merkle";

const bytes = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const leaf = (index: number) => bytes(vectors.leafHashes[index] ?? "");
const rootOf = (index: number, size: number, path: readonly Uint8Array[]) => {
  const steps = inclusionPath(index, size, leaf(index), path);
  return toHex(steps.at(-1)?.hash ?? leaf(index));
};

describe("leafHash", () => {
  it.each(vectors.leavesHex.map((hex, at) => [hex, vectors.leafHashes[at]]))("of '%s' is %s", (hex, hash) => {
    expect(toHex(leafHash(bytes(hex)))).toBe(hash);
  });
});

describe("inclusionPath", () => {
  it.each(vectors.inclusion)("leads from leaf $index to the root of $size", ({ index, size, path }) => {
    expect(rootOf(index, size, path.map(bytes))).toBe(vectors.roots[size]);
  });

  it.each(vectors.inclusion.filter(({ path }) => path.length > 0))(
    "misses the root of $size from leaf $index when any bit of the path is flipped",
    ({ index, size, path }) => {
      path.forEach((_, at) => {
        for (let bit = 0; bit < 256; bit += 37) {
          const corrupted = path.map(bytes);
          const hash = corrupted[at] ?? new Uint8Array();
          hash[bit >> 3] = (hash[bit >> 3] ?? 0) ^ (1 << (bit & 7));
          expect(rootOf(index, size, corrupted)).not.toBe(vectors.roots[size]);
        }
      });
    },
  );

  it.each(vectors.inclusion)("refuses a path for $index of $size with a hash too many or too few", (vector) => {
    const path = vector.path.map(bytes);
    const walk = (siblings: readonly Uint8Array[]) => () =>
      inclusionPath(vector.index, vector.size, leaf(vector.index), siblings);
    expect(walk([...path, leaf(0)])).toThrow(ProofShapeError);
    if (path.length > 0) {
      expect(walk(path.slice(1))).toThrow(ProofShapeError);
    }
  });

  it("refuses an index outside of the tree", () => {
    expect(() => inclusionPath(8, 8, leaf(0), [])).toThrow("leaf index 8 is not in a tree of 8");
    expect(() => inclusionPath(-1, 8, leaf(0), [])).toThrow(ProofShapeError);
    expect(() => inclusionPath(0, 0, leaf(0), [])).toThrow(ProofShapeError);
  });
});
