import { vi } from "vitest";
import type { EntryDetail } from "../src/api/types";
import { summaryOf, VKEY } from "./sampleLog";

/** What the page asked for, newest last: path and query below the log's resource. */
export interface FakeServer {
  readonly asked: string[];
  /** From now on every answer has this status; 0 takes the server away. */
  answerWith(status: number): void;
}

const PAGE = 3;

/** Stands in for the log's REST behind `fetch`: a page has three entries, and a cursor is a number. */
export function serve(entries: readonly EntryDetail[]): FakeServer {
  const asked: string[] = [];
  let status = 200;
  const newestFirst = entries.toReversed();
  const answer = (path: string, query: URLSearchParams): unknown => {
    if (path === "status") {
      return { origin: "", state: "ACTIVE", signedSize: 6, vkey: VKEY, checkpointTime: Date.now() - 120_000 };
    }
    if (path === "entries") {
      const wanted = newestFirst.filter(
        (entry) =>
          (!query.has("kind") || query.getAll("kind").includes(entry.kind)) &&
          (!query.has("outcome") || query.get("outcome") === entry.outcome) &&
          (!query.has("user") || query.get("user") === entry.target?.name),
      );
      const start = Number(query.get("before") ?? 0);
      const next = start + PAGE < wanted.length ? String(start + PAGE) : null;
      return { entries: wanted.slice(start, start + PAGE).map(summaryOf), next };
    }
    return entries.find((entry) => path === `entries/${entry.id}`);
  };
  vi.stubGlobal("fetch", (input: string, init?: RequestInit) => {
    const url = new URL(input);
    const path = url.pathname.replace(/^.*\/audit-log\//, "");
    asked.push(path + url.search);
    if (status === 0) {
      return Promise.reject(new TypeError("network"));
    }
    if (new Headers(init?.headers).get("authorization") !== "Bearer the-token") {
      return Promise.resolve(new Response(null, { status: 401 }));
    }
    if (path.endsWith("/proof")) {
      return Promise.resolve(new Response("c2sp.org/tlog-proof@v1\n", { status }));
    }
    const body = answer(path, url.searchParams);
    return Promise.resolve(Response.json(body ?? {}, { status: body ? status : 404 }));
  });
  return {
    asked,
    answerWith: (next) => {
      status = next;
    },
  };
}
