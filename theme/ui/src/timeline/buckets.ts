import { KINDS, type Kind, type Outcome, type Statistics } from "../api/types";
import { type Filters, RANGES, toApiQuery } from "../location";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Up to here the bars are hours. */
const HOURS_UP_TO = 8 * DAY;
const DEFAULT_SPAN = 30 * DAY;
/** What the server counts at most, with some room. */
const MOST_DAYS = 1000;

/** One bar: all that happened in an hour or day. */
export interface Bucket {
  /** Milliseconds since 1970, `end` excluded. */
  readonly start: number;
  readonly end: number;
  /** Successes by kind, and failures of all kinds. */
  readonly counts: { readonly [layer in Layer]: number };
  readonly total: number;
}

/** What a bar is stacked of, from the bottom to the top. */
export const LAYERS = [...KINDS, "failure"] as const;
export type Layer = (typeof LAYERS)[number];

/** The question for the time that the filters name, or else for the last 30 days. Only what is counted can be asked for. */
export function statisticsQuery(filters: Filters, now: number, zone: string): URLSearchParams {
  const { kinds, operations, resourceTypes, outcome, range } = filters;
  const to = (range ? undefined : filters.to) ?? now;
  const wanted = range ? now - RANGES[range] : (filters.from ?? to - DEFAULT_SPAN);
  const from = Math.max(wanted, to - MOST_DAYS * DAY);
  const query = toApiQuery(
    { kinds, operations, resourceTypes, outcome, fields: {}, range: undefined, from, to },
    [],
    now,
  );
  query.set("interval", to - from <= HOURS_UP_TO ? "hour" : "day");
  query.set("zone", zone);
  query.append("by", "kind");
  query.append("by", "outcome");
  return query;
}

/** Every interval of the answer, also those in which nothing happened. Days are those of this browser's zone. */
export function bucketsOf({ from, to, interval, series }: Pick<Statistics, "from" | "to" | "interval" | "series">) {
  const counts = new Map<number, { [layer in Layer]?: number }>();
  for (const { kind, outcome, points } of series) {
    const layer = layerOf(kind, outcome);
    for (const [start, count] of points) {
      const bucket = counts.get(start) ?? {};
      bucket[layer] = (bucket[layer] ?? 0) + count;
      counts.set(start, bucket);
    }
  }
  const buckets: Bucket[] = [];
  for (let start = from; start < to; ) {
    const end = interval === "hour" ? start + HOUR : nextDay(start);
    const found = { ...NOTHING, ...counts.get(start) };
    buckets.push({ start, end, counts: found, total: LAYERS.reduce((sum, layer) => sum + found[layer], 0) });
    start = end;
  }
  return buckets;
}

const NOTHING = Object.fromEntries(LAYERS.map((layer) => [layer, 0])) as Record<Layer, number>;

function layerOf(kind: Kind, outcome: Outcome): Layer {
  return outcome === "failure" ? "failure" : kind;
}

function nextDay(start: number): number {
  const date = new Date(start);
  date.setDate(date.getDate() + 1);
  return date.getTime();
}
