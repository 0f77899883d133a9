import { render, screen, within } from "@testing-library/react";
import { afterEach, beforeEach } from "vitest";
import type { EntryDetail } from "../src/api/types";
import type { PageContext } from "../src/context";
import { AuditLogPage } from "../src/pages/AuditLogPage";
import { ENTRIES } from "./entries";
import { type FakeServer, serve } from "./server";

const CONTEXT: PageContext = {
  realm: "acme",
  adminBaseUrl: "http://localhost:8080",
  getAccessToken: () => Promise.resolve("the-token"),
  locale: "en",
  messages: {},
};

/** The address of the list. */
export const LIST = "#/acme/audit-log";

/** The server of the running test: with the sample entries. */
export let server: FakeServer;

/** From now on these entries are the log. */
export function serveEntries(entries: readonly EntryDetail[]): void {
  server = serve(entries);
}

/** Gives each test of the file a server of its own. */
export function withLog(): void {
  beforeEach(() => {
    serveEntries(ENTRIES);
  });
  afterEach(() => {
    window.location.hash = "";
  });
}

/** Opens a place of the pages, for an admin who may do everything unless `changes` or the server say otherwise. */
export function open(hash: string, changes: Partial<PageContext> = {}) {
  window.location.hash = hash;
  return render(<AuditLogPage context={{ ...CONTEXT, ...changes }} />);
}

/** What the address says behind its question mark. */
export const params = () => new URLSearchParams(window.location.hash.split("?")[1]);

/** The links of the list's rows, once they are there. */
export const rowLinks = async () => {
  const table = await screen.findByTestId("keyledger-entries");
  return within(table.querySelector("tbody") as HTMLElement).findAllByRole("link");
};
