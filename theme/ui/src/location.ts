import { KINDS, type Kind, type Outcome } from "./api/types";

/** Time ranges that move with the clock. */
export const RANGES = { "1h": 3_600_000, "24h": 86_400_000, "7d": 7 * 86_400_000, "30d": 30 * 86_400_000 } as const;
export type Range = keyof typeof RANGES;

/** What is looked up whole, by a keyed hash; named as the REST names it. */
export const FIELDS = ["user", "actor", "target", "resourceId", "client", "connection", "ip", "requestId"] as const;
export type Field = (typeof FIELDS)[number];

/** A part of time. */
export interface TimeRange {
  /** A range up to now; then `from` and `to` say nothing. */
  readonly range: Range | undefined;
  /** Milliseconds since 1970, both ends included. */
  readonly from: number | undefined;
  readonly to: number | undefined;
}

/** Which entries are asked for. An empty list or `undefined` narrows nothing. */
export interface Filters extends TimeRange {
  readonly kinds: readonly Kind[];
  readonly operations: readonly string[];
  readonly resourceTypes: readonly string[];
  readonly outcome: Outcome | undefined;
  /** For each field the values of which one must fit. */
  readonly fields: { readonly [field in Field]?: readonly string[] };
}

export const ANY_TIME: TimeRange = { range: undefined, from: undefined, to: undefined };

export const NO_FILTERS: Filters = {
  ...ANY_TIME,
  kinds: [],
  operations: [],
  resourceTypes: [],
  outcome: undefined,
  fields: {},
};

/** The screens of the page. */
export const SECTIONS = ["entries", "integrity", "export", "privacy", "history"] as const;
export type Section = (typeof SECTIONS)[number];

/** A user, group, role, client, …, as the log names its targets. */
export interface Resource {
  readonly type: string;
  readonly id: string;
}

/**
 * One place of the page: `#/{realm}/audit-log[/{entry}]?{filters and page}`, `…/audit-log/history/{type}/{id}`, or
 * `…/audit-log/{section}`. Neither an entry's id nor its index is the name of a section.
 */
export interface AuditLocation {
  readonly realm: string;
  readonly section: Section;
  readonly entry: string | undefined;
  readonly resource: Resource | undefined;
  readonly filters: Filters;
  /** The cursors that led to the shown page, oldest step last; empty on the newest page. */
  readonly trail: readonly string[];
  /** Whether new entries are shown as they come. */
  readonly isLive: boolean;
  /** Of a history: the moments that are compared. */
  readonly at: number | undefined;
  readonly than: number | undefined;
}

/** Nothing but the newest page of the list. */
export const LIST = {
  section: "entries",
  entry: undefined,
  resource: undefined,
  trail: [],
  isLive: false,
  at: undefined,
  than: undefined,
} as const satisfies Partial<AuditLocation>;

export function parseLocation(hash: string): AuditLocation {
  const [path = "", query = ""] = split(hash, "?");
  const [, realm = "", , place = "", type = "", id = ""] = path.split("/").map(decode);
  const params = new URLSearchParams(query);
  const section = SECTIONS.find((name) => name === place && name !== "entries") ?? "entries";
  return {
    realm,
    section,
    entry: section === "entries" && place ? place : undefined,
    resource: section === "history" && type && id ? { type, id } : undefined,
    filters: parseFilters(params),
    trail: params.getAll("page"),
    isLive: params.get("live") === "on",
    at: parseTime(params.get("at")),
    than: parseTime(params.get("than")),
  };
}

export function formatLocation(location: AuditLocation): string {
  const { realm, section, entry, resource, filters, trail, isLive, at, than } = location;
  const place =
    section === "entries"
      ? entry
        ? [entry]
        : []
      : section === "history"
        ? ["history", resource?.type ?? "", resource?.id ?? ""]
        : [section];
  const path = ["#", ...[realm, "audit-log", ...place].map(encodeURIComponent)];
  const params = formatFilters(filters);
  for (const cursor of trail) {
    params.append("page", cursor);
  }
  setAll(params, { live: isLive ? "on" : undefined, at: isoTime(at), than: isoTime(than) });
  const query = params.toString();
  return path.join("/") + (query ? `?${query}` : "");
}

/** The query of the log's REST for a page of what the filters let through. */
export function toApiQuery(filters: Filters, trail: readonly string[], now: number): URLSearchParams {
  const { range, to, ...rest } = filters;
  const params = formatFilters({
    ...rest,
    range: undefined,
    // the server's end is the first moment that no longer counts
    to: range || to === undefined ? undefined : to + 1,
    ...(range && { from: now - RANGES[range] }),
  });
  const before = trail.at(-1);
  if (before) {
    params.set("before", before);
  }
  return params;
}

export function isFiltered(filters: Filters): boolean {
  return formatFilters(filters).size > 0;
}

export function parseFilters(params: URLSearchParams): Filters {
  const range = params.get("range");
  const outcome = params.get("outcome");
  const fields: { [field in Field]?: readonly string[] } = {};
  for (const field of FIELDS) {
    const values = params.getAll(field).filter((value) => value !== "");
    if (values.length > 0) {
      fields[field] = values;
    }
  }
  return {
    kinds: KINDS.filter((kind) => params.getAll("kind").includes(kind)),
    operations: params.getAll("operation"),
    resourceTypes: params.getAll("resourceType"),
    outcome: outcome === "success" || outcome === "failure" ? outcome : undefined,
    fields,
    range: range && range in RANGES ? (range as Range) : undefined,
    from: parseTime(params.get("from")),
    to: parseTime(params.get("to")),
  };
}

export function formatFilters(filters: Filters): URLSearchParams {
  const { kinds, operations, resourceTypes, outcome, fields, range, from, to } = filters;
  const params = new URLSearchParams();
  const several = { kind: kinds, operation: operations, resourceType: resourceTypes, ...fields };
  for (const [name, values] of Object.entries(several)) {
    for (const value of values) {
      params.append(name, value);
    }
  }
  setAll(params, { outcome, range, from: isoTime(from), to: isoTime(to) });
  return params;
}

function setAll(params: URLSearchParams, values: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (value) {
      params.set(name, value);
    }
  }
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
