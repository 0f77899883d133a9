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
        log ??= new FakeLog(manyEntries(400, Date.now()), 50);
        void send(log.answer(request.method ?? "GET", path, url.searchParams), response);
      });
    },
  };
}

async function send(answer: Response, response: ServerResponse): Promise<void> {
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(Buffer.from(await answer.arrayBuffer()));
}
