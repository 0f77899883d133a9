import type { AuditLogApi } from "../api/client";
import { NO_FILTERS, RANGES, type TimeRange, toApiQuery } from "../location";

/** The first and the last entry of a bundle by their indices; `undefined` for the ends of the log. */
export interface IndexRange {
  readonly first: number | undefined;
  readonly last: number | undefined;
}

/**
 * The entries of a time, by their indices. Entries have the order in which they were sealed, which for some moments is
 * not that of their times: so it begins behind the newest entry before the time.
 */
export async function indexRange(
  api: Pick<AuditLogApi, "entries">,
  { range, from, to }: TimeRange,
  now: number,
  signal: AbortSignal,
): Promise<IndexRange> {
  const newestUpTo = async (end: number | undefined) => {
    const query = toApiQuery({ ...NO_FILTERS, to: end }, [], now);
    query.set("max", "20");
    const { entries } = await api.entries(query, signal);
    return entries.find(({ index }) => index !== null)?.index ?? undefined;
  };
  const start = range ? now - RANGES[range] : from;
  const [before, last] = await Promise.all([
    start === undefined ? undefined : newestUpTo(start - 1),
    range || to === undefined ? undefined : newestUpTo(to),
  ]);
  return { first: before === undefined ? undefined : before + 1, last };
}
