/** The private parts of an entry: who did it, to whom, what changed, and from where. */
export const SLOTS = ["actor", "target", "change", "net"] as const;
export type Slot = (typeof SLOTS)[number];

/** What `disclose` says of these; `undefined` for all of them, which goes without saying. */
export function discloseOf(disclosed: readonly Slot[]): string | undefined {
  return disclosed.length === SLOTS.length ? undefined : disclosed.join(",") || "none";
}
