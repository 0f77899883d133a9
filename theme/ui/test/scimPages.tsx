import { render } from "@testing-library/react";
import { afterEach, beforeEach, vi } from "vitest";
import type { PageContext } from "../src/context";
import { ScimPage } from "../src/scim/pages/ScimPage";
import { connection, ScimServer } from "./scimServer";

const CONTEXT: PageContext = {
  realm: "acme",
  realmUrl: "https://sso.example.com/realms/acme",
  adminBaseUrl: "http://localhost:8080",
  getAccessToken: () => Promise.resolve("the-token"),
  locale: "en",
  messages: {},
};

/** The addresses of the list and of a connection, which is there after {@link connectOkta}. */
export const LIST = "#/acme/provisioning";
export const OKTA = `${LIST}/connections/okta`;

/** The server of the running test: with the built-in connection and no other. */
export let server: ScimServer;

/** Gives each test of the file a server of its own. */
export function withServer(): void {
  beforeEach(() => {
    server = new ScimServer();
    vi.stubGlobal("fetch", (input: string, init?: RequestInit) => server.fetch(input, init));
    server.connections = [connection("default")];
  });
  afterEach(() => {
    window.location.hash = "";
  });
}

/** Opens a place of the pages, for an admin who may do everything unless `changes` says otherwise. */
export function open(hash: string, changes: Partial<PageContext> = {}) {
  window.location.hash = hash;
  return render(<ScimPage context={{ ...CONTEXT, ...changes }} />);
}

/** Connects an Okta that was used two hours ago. */
export function connectOkta() {
  server.connections = [
    connection("default"),
    connection("okta", { kind: "okta", displayName: "Okta", client: "scim-okta" }),
  ];
  server.activities.okta = {
    lastRequest: new Date(Date.now() - 7_200_000).toISOString(),
    lastStatus: 200,
    requests: 240,
    errors: 17,
  };
  server.tokens.okta = [
    {
      id: "t1",
      name: "Okta 2026",
      created: "2026-11-01T00:00:00Z",
      expires: new Date(Date.now() + 10 * 86_400_000).toISOString(),
      lastUsed: new Date(Date.now() - 7_200_000).toISOString(),
    },
  ];
}
