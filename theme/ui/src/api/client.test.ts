import { expect, it, vi } from "vitest";
import type { PageContext } from "../context";
import { auditLogApi } from "./client";

const context: PageContext = {
  realm: "acme",
  adminBaseUrl: "http://localhost:8080",
  getAccessToken: () => Promise.resolve("the-token"),
  locale: "en",
  messages: {},
};

it.each([
  ["users", "userNames", { findUsers: false }],
  ["clients", "clientIds", { findClients: false }],
] as const)("%s are not looked for by an admin who may not search them", async (path, names, may) => {
  const fetched = vi.fn(() => Promise.resolve(Response.json([{ username: "alice", clientId: "alice" }])));
  vi.stubGlobal("fetch", fetched);
  const { signal } = new AbortController();
  expect(await auditLogApi({ ...context, ...may })[names]("ali", signal)).toEqual([]);
  expect(fetched).not.toHaveBeenCalled();
  expect(await auditLogApi(context)[names]("ali", signal)).toEqual(["alice"]);
  expect(fetched).toHaveBeenCalledWith(expect.stringContaining(`/admin/realms/acme/${path}?`), expect.anything());
});
