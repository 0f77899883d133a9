import { screen, waitFor } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { ENTRIES } from "../../test/entries";
import { serve } from "../../test/server";
import type { PageContext } from "../context";
import "./element";

const context: PageContext = {
  realm: "acme",
  adminBaseUrl: "http://localhost:8080",
  getAccessToken: () => Promise.resolve("the-token"),
  locale: "en",
  messages: {},
};

function element(): HTMLElement & { context?: PageContext } {
  return document.createElement("keyledger-audit-log");
}

afterEach(() => document.body.replaceChildren());

it("draws the page once it is in the document and has its context, in either order", async () => {
  serve(ENTRIES);
  const page = element();
  document.body.append(page);
  expect(page.childElementCount).toBe(0);
  page.context = context;
  await waitFor(() => expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Audit log"));
  page.remove();
  expect(page.childElementCount).toBe(0);
  document.body.append(page);
  await waitFor(() => expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Audit log"));
});

it("says so instead of vanishing when drawing fails", async () => {
  serve(ENTRIES.map((entry) => ({ ...entry, slots: null as never })));
  vi.spyOn(console, "error").mockReturnValue();
  const silence = (event: Event) => event.preventDefault();
  window.addEventListener("error", silence);
  window.location.hash = `#/acme/audit-log/${ENTRIES[4]?.id}`;
  const page = element();
  page.context = context;
  document.body.append(page);
  expect(await screen.findByTestId("keyledger-error")).toBeTruthy();
  window.removeEventListener("error", silence);
  window.location.hash = "";
});
