import { vi } from "vitest";
import type { EntryDetail } from "../src/api/types";
import { FakeLog } from "./fakeLog";

/** What the page asked for, newest last: path and query below the log's resource. */
export interface FakeServer {
  readonly asked: string[];
  readonly log: FakeLog;
  /** From now on every answer has this status; 0 takes the server away. */
  answerWith(status: number): void;
  /** From now on this path below the realm is answered so. */
  answer(path: string, response: Answer): void;
}

type Answer = (method: string) => Response | Promise<Response>;

const PAGE = 3;

/** Stands in for the admin REST behind `fetch`; a page has three entries. */
export function serve(entries: readonly EntryDetail[]): FakeServer {
  const asked: string[] = [];
  const log = new FakeLog(entries, PAGE);
  const answers = new Map<string, Answer>();
  let status = 200;
  vi.stubGlobal("fetch", (input: string, init?: RequestInit) => {
    const url = new URL(input);
    const path = url.pathname.replace(/^\/admin\/realms\/[^/]+\//, "");
    asked.push(path.replace(/^audit-log\//, "") + url.search);
    if (init?.signal?.aborted) {
      return Promise.reject(init.signal.reason);
    }
    if (status === 0) {
      return Promise.reject(new TypeError("network"));
    }
    if (new Headers(init?.headers).get("authorization") !== "Bearer the-token") {
      return Promise.resolve(new Response(null, { status: 401 }));
    }
    const own = answers.get(path);
    if (own) {
      return Promise.resolve(own(init?.method ?? "GET"));
    }
    return Promise.resolve(
      status === 200
        ? log.answer(init?.method ?? "GET", path, url.searchParams, String(init?.body ?? ""))
        : Response.json({}, { status }),
    );
  });
  return {
    asked,
    log,
    answerWith: (next) => {
      status = next;
    },
    answer: (path, response) => {
      answers.set(path, response);
    },
  };
}
