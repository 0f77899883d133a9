import type { Archive, ErasureUnderWay, Hold, Retention, Subject } from "../src/api/privacyTypes";
import type { EntryDetail, EntrySummary, HistoryEntry, JsonObject, Kind, Outcome, Right } from "../src/api/types";
import { summaryOf, VKEY } from "./sampleLog";

const HOUR = 3_600_000;
const FILTERS = ["kind", "operation", "resourceType", "outcome"] as const;

/**
 * The log's REST over entries in memory, as far as the page uses it. A cursor is a number; requests are told apart by
 * method and by the path below the realm.
 */
export class FakeLog {
  /** Oldest first. */
  readonly entries: EntryDetail[];
  /** What the admin may do beyond reading. */
  rights: readonly Right[] = ["audit-export", "audit-erase", "audit-configure"];
  retention: Retention;
  archives: readonly Archive[] = [];
  /** The erasures that are under way; while one is, no other begins. */
  underWay: readonly ErasureUnderWay[] = [];
  private readonly pageSize: number;
  private erased:
    | { readonly entry: { readonly id: string; readonly index: number }; readonly entries: number }
    | undefined;
  private held: Hold | undefined;

  constructor(entries: readonly EntryDetail[], pageSize: number) {
    this.entries = [...entries];
    this.pageSize = pageSize;
    this.retention = {
      archiving: false,
      unit: 65_536,
      minIndex: 0,
      size: this.sealed,
      periods: { user: "P12M", admin: "P72M", scim: null },
      undelivered: null,
      pruned: [],
    };
  }

  answer(method: string, path: string, query: URLSearchParams, sent = ""): Response {
    const body = path.startsWith("audit-log/")
      ? this.log(method, path.slice("audit-log/".length), query, sent)
      : this.realm(path, query);
    return body instanceof Response ? body : Response.json(body ?? {}, { status: body === undefined ? 404 : 200 });
  }

  private realm(path: string, query: URLSearchParams): unknown {
    const named = (names: readonly string[], member: string, text: string | null) =>
      names.filter((name) => name.includes(text ?? "")).map((name) => ({ id: `id-of-${name}`, [member]: name }));
    if (path === "users") {
      return named(["alice", "alina", "bob", "carol"], "username", query.get("search"));
    }
    return path === "clients" ? named(["account-console", "okta"], "clientId", query.get("clientId")) : undefined;
  }

  private log(method: string, path: string, query: URLSearchParams, sent: string): unknown {
    const [first, second = "", third = "", fourth] = path.split("/").map(decodeURIComponent);
    switch (first) {
      case "status":
        return this.status();
      case "entries":
        return second
          ? this.entries.find(({ id, index }) => id === second || String(index) === second)
          : this.page(this.find(query), query, rowOf);
      case "requests":
        return this.page(
          this.find(query).filter((entry) => entry.slots.net?.value?.requestId === second),
          query,
          changeOf,
        );
      case "resources":
        return fourth === "history"
          ? this.page(this.about(third), query, changeOf)
          : this.state(second, third, Number(query.get("at")));
      case "statistics":
        return this.statistics(query);
      case "keys":
        return { custody: "database", problem: null, keys: [this.key()] };
      case "verification":
        return method === "POST"
          ? { entries: this.sealed, size: this.sealed, findings: [] }
          : {
              sampled: Date.now() - HOUR,
              verified: Date.now() - 5 * HOUR,
              verifiedSize: this.sealed - 1,
              findings: [],
            };
      case "subjects":
        return { subjects: this.subjects(query.get("user") ?? "") };
      case "erasures":
        if (method === "POST" && this.underWay.length > 0) {
          return Response.json(
            { error: "under_way", error_description: "this person is being erased" },
            { status: 409 },
          );
        }
        if (method === "POST") {
          this.erased = { entry: { id: "erasure", index: this.sealed }, entries: 12 };
          return this.erased;
        }
        return {
          underWay: this.underWay,
          erasures: this.erased
            ? [
                {
                  ...this.erased,
                  time: Date.now(),
                  by: { type: "user", id: "x", name: "dpo", client: null },
                  reason: "ticket 7",
                  legalBasis: null,
                },
              ]
            : [],
        };
      case "holds":
        if (method === "PUT") {
          this.held = { subject: second, reason: "case 42", since: Date.now(), until: null };
        } else if (method === "DELETE") {
          this.held = undefined;
        }
        return { holds: this.held ? [this.held] : [] };
      case "retention":
        if (method === "PUT") {
          this.retention = { ...this.retention, ...JSON.parse(sent) };
        }
        return this.retention;
      case "archives":
        return this.retention.archiving ? { archives: this.archives } : undefined;
      case "stream":
        return this.stream();
      case "export":
        return this.export(query);
      default:
        return undefined;
    }
  }

  private get sealed(): number {
    return this.entries.filter(({ index }) => index !== null).length;
  }

  /** Newest first. */
  private find(query: URLSearchParams): readonly EntryDetail[] {
    const one = (name: string, value: string | null | undefined) =>
      !query.has(name) || query.getAll(name).includes(value ?? "");
    const from = Date.parse(query.get("from") ?? "1970-01-01");
    const to = Date.parse(query.get("to") ?? "2100-01-01");
    return this.entries
      .filter(
        (entry) =>
          FILTERS.every((name) => one(name, entry[name])) &&
          one("user", entry.target?.name) &&
          one("actor", entry.actor?.name) &&
          one("target", entry.target?.name) &&
          one("client", entry.actor?.client) &&
          one("ip", entry.ip) &&
          one("requestId", entry.slots.net?.value?.requestId as string | undefined) &&
          entry.time >= from &&
          entry.time < to,
      )
      .reverse();
  }

  private subjects(user: string): readonly Subject[] {
    const entries = this.find(new URLSearchParams({ user })).length;
    return entries === 0 || this.erased
      ? []
      : [
          {
            subject: `ref-${user}`,
            userId: `id-of-${user}`,
            names: [user, `${user}@example.com`],
            entries,
            state: this.held ? "held" : "open",
            hold: this.held ?? null,
          },
        ];
  }

  private about(id: string): readonly EntryDetail[] {
    return this.entries.filter(({ target }) => target?.id === id).reverse();
  }

  private page<T>(found: readonly EntryDetail[], query: URLSearchParams, row: (entry: EntryDetail) => T) {
    const start = Number(query.get("before") ?? 0);
    const end = start + Number(query.get("max") ?? this.pageSize);
    return { entries: found.slice(start, end).map(row), next: end < found.length ? String(end) : null };
  }

  private status() {
    const { sealed } = this;
    return {
      origin: "sso.example.com/realms/acme",
      epoch: 0,
      state: "ACTIVE",
      haltReason: null,
      size: sealed,
      signedSize: sealed,
      staged: this.entries.length - sealed,
      quarantined: 0,
      vkey: VKEY,
      keyCustody: "database",
      keyProblem: null,
      checkpoint: this.entries[0]?.proof?.checkpoint ?? null,
      checkpointTime: Date.now() - 120_000,
      witness: null,
      verification: { findings: 0, time: Date.now() - 5 * HOUR, size: sealed - 1 },
      minIndex: this.retention.minIndex,
      rights: this.rights,
    };
  }

  private key() {
    return {
      vkey: VKEY,
      keyId: "6f0c2a41",
      type: "Ed25519",
      signs: true,
      entry: null,
      sinceTime: Date.now() - 900 * HOUR,
    };
  }

  private state(type: string, id: string, at: number) {
    const told = this.about(id)
      .filter(({ time, outcome }) => time <= at && outcome === "success")
      .reverse();
    const attributes = Object.assign({}, ...told.map((entry) => changeOf(entry).change?.after ?? {})) as JsonObject;
    return told.length === 0 && this.about(id).length === 0
      ? undefined
      : { type, id, at, exists: true, complete: told.length > 0, attributes, lastEntry: told.at(-1)?.id ?? null };
  }

  private statistics(query: URLSearchParams) {
    const interval = query.get("interval") ?? "hour";
    const size = interval === "hour" ? HOUR : 24 * HOUR;
    const floor = (ms: number) => Math.floor(ms / size) * size;
    const to = floor(Date.parse(query.get("to") ?? "") || Date.now()) + size;
    const from = floor(Date.parse(query.get("from") ?? "") || to - 31 * size);
    const series = new Map<string, { kind: Kind; outcome: Outcome; total: number; counts: Map<number, number> }>();
    for (const { kind, outcome, time } of this.find(query)) {
      const one = series.get(kind + outcome) ?? { kind, outcome, total: 0, counts: new Map() };
      one.total++;
      one.counts.set(floor(time), (one.counts.get(floor(time)) ?? 0) + 1);
      series.set(kind + outcome, one);
    }
    const all = [...series.values()].map(({ counts, ...rest }) => ({ ...rest, points: [...counts] }));
    return {
      from,
      to,
      interval,
      zone: query.get("zone"),
      total: all.reduce((sum, one) => sum + one.total, 0),
      series: all,
    };
  }

  /** One beat; what comes then the test says. */
  private stream(): Response {
    return new Response(`id: 0.${this.sealed}\nevent: beat\ndata: {"next":${this.sealed}}\n\n`, {
      headers: { "content-type": "text/event-stream" },
    });
  }

  private export(query: URLSearchParams): Response {
    const found = this.find(query).filter(({ index }) => index !== null);
    const lines = found.map((entry) => JSON.stringify(summaryOf(entry)));
    const body =
      query.get("format") === "csv"
        ? ['"id","time"', ...found.map(({ id, time }) => `"${id}","${time}"`)].join("\r\n").concat("\r\n")
        : ['{"export":{}}', ...lines, `{"end":{"entries":${lines.length}}}`].join("\n").concat("\n");
    return new Response(body, {
      headers: {
        "content-disposition": `attachment; filename="acme-${this.sealed}.${query.get("format")}"`,
        "keyledger-entries-at-most": String(found.length),
      },
    });
  }
}

function rowOf(entry: EntryDetail): EntrySummary {
  return { ...summaryOf(entry), ...(entry.erased && { erased: entry.erased }) };
}

function changeOf(entry: EntryDetail): HistoryEntry {
  return { ...summaryOf(entry), change: entry.slots.change?.value ?? null };
}
