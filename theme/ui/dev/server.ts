import type { IncomingMessage, ServerResponse } from "node:http";
import type { Plugin } from "vite";
import { busyRealm, emptyRealm, longRealm, type SampleRealm, usedRealm } from "./samples";

const BELOW_REALM = /^\/admin\/realms\/([^/]+)\/(.*)$/;
const SCIM = /^(keyledger|users\/profile|authentication)/;

/** Realms of which all that comes is this status. */
const FAULTS: Readonly<Record<string, number>> = { failing: 500, forbidden: 403 };

/**
 * `npm run dev` serves the pages without a Keycloak. The realm says what they show: `acme`, `empty`, `long` names, a
 * `failing` server, what is `forbidden`, a `slow` server, which does not answer at all, and a `busy` one, where somebody is
 * being erased and no export comes to its end.
 */
export function sampleServer(): Plugin {
  const realms = new Map<string, SampleRealm>();
  return {
    name: "sample-server",
    apply: "serve",
    configureServer: (server) => {
      server.middlewares.use((request: IncomingMessage, response: ServerResponse, next: () => void) => {
        const url = new URL(request.url ?? "/", "http://localhost");
        const [, realm, path] = BELOW_REALM.exec(url.pathname) ?? [];
        if (!realm || !path) {
          next();
        } else if (realm !== "slow") {
          const known = realms.get(realm) ?? made(realm);
          realms.set(realm, known);
          const fault = FAULTS[realm];
          const answer = fault
            ? Response.json({}, { status: fault })
            : realm === "busy" && path === "audit-log/export"
              ? endless()
              : answerOf(known, path, url, request);
          void Promise.resolve(answer).then((given) => send(given, response));
        }
      });
    },
  };
}

function made(realm: string): SampleRealm {
  const make = { empty: emptyRealm, long: longRealm, busy: busyRealm }[realm] ?? usedRealm;
  return make();
}

async function answerOf(
  { log, scim }: SampleRealm,
  path: string,
  url: URL,
  request: IncomingMessage,
): Promise<Response> {
  const { method = "GET" } = request;
  const pieces: Buffer[] = [];
  for await (const piece of request as AsyncIterable<Buffer>) {
    pieces.push(piece);
  }
  const body = Buffer.concat(pieces).toString();
  return SCIM.test(path) || url.searchParams.has("connection")
    ? scim.fetch(url.href, { method, body })
    : log.answer(method, path, url.searchParams, body);
}

/** Of an evidence bundle a little less than a half. */
function endless(): Response {
  const body = new ReadableStream({ start: (stream) => stream.enqueue(new Uint8Array(1_300_000)) });
  return new Response(body, { headers: { "content-type": "application/zip", "keyledger-bytes-about": "3100000" } });
}

async function send(answer: Response, response: ServerResponse): Promise<void> {
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  const reader = answer.body?.getReader();
  for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
    response.write(piece.value);
  }
  response.end();
}
