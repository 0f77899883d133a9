import { KINDS, type Kind, type Outcome } from "./api/types";

/** Time ranges that move with the clock. */
export const RANGES = { "1h": 3_600_000, "24h": 86_400_000, "7d": 7 * 86_400_000, "30d": 30 * 86_400_000 } as const;
export type Range = keyof typeof RANGES;

/** Which entries are asked for. An empty list or `undefined` narrows nothing. */
export interface Filters {
  readonly kinds: readonly Kind[];
  readonly operations: readonly string[];
  readonly outcome: Outcome | undefined;
  readonly user: string | undefined;
  /** A range up to now; then `from` and `to` say nothing. */
  readonly range: Range | undefined;
  /** Milliseconds since 1970, both ends included. */
  readonly from: number | undefined;
  readonly to: number | undefined;
}

export const NO_FILTERS: Filters = {
  kinds: [],
  operations: [],
  outcome: undefined,
  user: undefined,
  range: undefined,
  from: undefined,
  to: undefined,
};

/** One place of the page: `#/{realm}/audit-log[/{entry}]?{filters and page}`. */
export interface AuditLocation {
  readonly realm: string;
  readonly entry: string | undefined;
  readonly filters: Filters;
  /** The cursors that led to the shown page, oldest step last; empty on the newest page. */
  readonly trail: readonly string[];
}

export function parseLocation(hash: string): AuditLocation {
  const [path = "", query = ""] = split(hash, "?");
  const [, realm = "", , entry] = path.split("/").map(decode);
  const params = new URLSearchParams(query);
  return { realm, entry: entry || undefined, filters: parseFilters(params), trail: params.getAll("page") };
}

export function formatLocation({ realm, entry, filters, trail }: AuditLocation): string {
  const path = ["#", realm, "audit-log", ...(entry ? [entry] : [])].map((part, at) =>
    at === 0 ? part : encodeURIComponent(part),
  );
  const params = formatFilters(filters);
  for (const cursor of trail) {
    params.append("page", cursor);
  }
  const query = params.toString();
  return path.join("/") + (query ? `?${query}` : "");
}

/** The query of the log's REST for a page of what the filters let through. */
export function toApiQuery(filters: Filters, trail: readonly string[], now: number): URLSearchParams {
  const { range, ...rest } = filters;
  const params = formatFilters({ ...rest, range: undefined, ...(range && { from: now - RANGES[range] }) });
  const before = trail.at(-1);
  if (before) {
    params.set("before", before);
  }
  return params;
}

export function isFiltered(filters: Filters): boolean {
  return formatFilters(filters).size > 0;
}

function parseFilters(params: URLSearchParams): Filters {
  const range = params.get("range");
  const outcome = params.get("outcome");
  return {
    kinds: KINDS.filter((kind) => params.getAll("kind").includes(kind)),
    operations: params.getAll("operation"),
    outcome: outcome === "success" || outcome === "failure" ? outcome : undefined,
    user: params.get("user") || undefined,
    range: range && range in RANGES ? (range as Range) : undefined,
    from: parseTime(params.get("from")),
    to: parseTime(params.get("to")),
  };
}

function formatFilters({ kinds, operations, outcome, user, range, from, to }: Filters): URLSearchParams {
  const params = new URLSearchParams();
  for (const kind of kinds) {
    params.append("kind", kind);
  }
  for (const operation of operations) {
    params.append("operation", operation);
  }
  const single = { outcome, user, range, from: isoTime(from), to: isoTime(to) };
  for (const [name, value] of Object.entries(single)) {
    if (value) {
      params.set(name, value);
    }
  }
  return params;
}

function parseTime(text: string | null): number | undefined {
  const ms = text ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}

function isoTime(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : new Date(ms).toISOString();
}

function split(text: string, at: string): readonly [string, string] {
  const index = text.indexOf(at);
  return index < 0 ? [text, ""] : [text.slice(0, index), text.slice(index + 1)];
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // a hash typed by hand may hold a lone %
  }
}
