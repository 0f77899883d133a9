import type { IncomingMessage, ServerResponse } from "node:http";
import type { Plugin } from "vite";
import { manyEntries } from "../test/entries";
import { FakeLog } from "../test/fakeLog";

const BELOW_REALM = /^\/admin\/realms\/[^/]+\/(.*)$/;

/** `npm run dev` serves the pages without a Keycloak, from a log in memory. */
export function sampleServer(): Plugin {
  let log: FakeLog | undefined;
  return {
    name: "sample-server",
    apply: "serve",
    configureServer: (server) => {
      server.middlewares.use((request: IncomingMessage, response: ServerResponse, next: () => void) => {
        const url = new URL(request.url ?? "/", "http://localhost");
        const [, path] = BELOW_REALM.exec(url.pathname) ?? [];
        if (!path) {
          next();
          return;
        }
        log ??= sampleLog();
        void send(log.answer(request.method ?? "GET", path, url.searchParams), response);
      });
    },
  };
}

/** With somebody who was erased, and the first entries pruned. */
function sampleLog(): FakeLog {
  const entries = manyEntries(400, Date.now());
  const slot = { state: "erased", by: 398 } as const;
  const gone = entries.map((entry, at) =>
    at === 397
      ? {
          ...entry,
          ...{ actor: null, target: null, ip: null },
          slots: { ...entry.slots, actor: slot, target: slot, net: slot },
          erased: { actor: 398, target: 398, net: 398 },
        }
      : entry,
  );
  const log = new FakeLog(gone, 50);
  const ranges = [0, 65_536].map((from) => ({ from, to: from + 65_536 }));
  log.retention = {
    ...log.retention,
    archiving: true,
    minIndex: 131_072,
    size: 223_456,
    undelivered: 180_000,
    pruned: ranges.map((range, at) => ({ ...range, kept: 1234 * at, pruned: Date.now() - 9e8, index: 131_100 + at })),
  };
  log.archives = ranges.map((range) => ({
    ...range,
    sha256: "0f3c9a5b1d7e4f2a".repeat(4),
    place: `/mnt/audit-archive/acme/${range.from}-${range.to}-0f3c9a5b1d7e4f2a.keyledger.zip`,
    verified: Date.now() - 9e8,
  }));
  return log;
}

async function send(answer: Response, response: ServerResponse): Promise<void> {
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(Buffer.from(await answer.arrayBuffer()));
}
