import { sha256 } from "@noble/hashes/sha2.js";
import { concat } from "./bytes";

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** SHA-256(0x00 || leaf), RFC 6962 section 2.1. */
export function leafHash(leaf: Uint8Array): Uint8Array {
  return sha256(concat(LEAF, leaf));
}

/** SHA-256(0x01 || left || right), RFC 6962 section 2.1. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(concat(NODE, left, right));
}

/** One step of an inclusion path: the sibling, on which side it stands, and the hash of the two. */
export interface PathStep {
  readonly sibling: Uint8Array;
  readonly side: "left" | "right";
  readonly hash: Uint8Array;
}

/** A path of the wrong shape for its index and size: the proof can be refused before anything is hashed. */
export class ProofShapeError extends Error {}

/**
 * Walks from a leaf hash to the root of the tree, RFC 9162 section 2.1.3.2. The last step's hash is the root; without a
 * step the leaf hash itself is. It requires 0 <= leafIndex < treeSize and exactly the siblings that such a path has.
 */
export function inclusionPath(
  leafIndex: number,
  treeSize: number,
  leaf: Uint8Array,
  siblings: readonly Uint8Array[],
): readonly PathStep[] {
  if (!Number.isSafeInteger(leafIndex) || !Number.isSafeInteger(treeSize) || leafIndex < 0 || leafIndex >= treeSize) {
    throw new ProofShapeError(`leaf index ${leafIndex} is not in a tree of ${treeSize}`);
  }
  const want = pathLength(leafIndex, treeSize);
  if (siblings.length !== want) {
    throw new ProofShapeError(
      `inclusion proof has ${siblings.length} hashes, want ${want} (leafIndex ${leafIndex}, treeSize ${treeSize})`,
    );
  }
  const steps: PathStep[] = [];
  let hash = leaf;
  let node = leafIndex;
  let last = treeSize - 1;
  for (const sibling of siblings) {
    const side = node % 2 === 1 || node === last ? "left" : "right";
    hash = side === "left" ? nodeHash(sibling, hash) : nodeHash(hash, sibling);
    steps.push({ sibling, side, hash });
    if (side === "left") {
      // a node without a right sibling rises unhashed until it is a right child
      while (node % 2 === 0 && node !== 0) {
        node /= 2;
        last = Math.floor(last / 2);
      }
    }
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  return steps;
}

function pathLength(leafIndex: number, treeSize: number): number {
  let length = 0;
  for (let node = leafIndex, last = treeSize - 1; last > 0; node = Math.floor(node / 2), last = Math.floor(last / 2)) {
    if (node % 2 === 1 || node < last) {
      length++;
    }
  }
  return length;
}
