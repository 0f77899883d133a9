import { cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { describe, expect, it, vi } from "vitest";
import { open, params, rowLinks, serveEntries, server, withLog } from "../../test/auditLogPages";
import { ENTRIES } from "../../test/entries";
import type { EntryDetail } from "../api/types";

const newest = ENTRIES[6] as EntryDetail;
const sealed = ENTRIES[4] as EntryDetail;
const rows = async () => within((await screen.findByTestId("keyledger-entries")).querySelector("tbody") as HTMLElement);
const secondCellOf = (link: HTMLElement | undefined) =>
  link?.closest("tr")?.querySelectorAll<HTMLElement>("td")[1] as HTMLElement;

withLog();

describe("the list", () => {
  it("shows a skeleton first and then the newest entries", async () => {
    open("#/acme/audit-log");
    expect(screen.getAllByTestId("keyledger-skeleton").length).toBeGreaterThan(0);
    const links = await rowLinks();
    expect(links).toHaveLength(3);
    expect(links[0]?.getAttribute("href")).toBe(`#/acme/audit-log/${newest.id}`);
    expect(screen.queryByTestId("keyledger-skeleton")).toBeNull();
  });

  it("marks an entry that is not sealed yet", async () => {
    open("#/acme/audit-log");
    expect(await (await rows()).findByText("Pending")).toBeTruthy();
  });

  it("goes to older entries and back, each page with its address", async () => {
    const user = userEvent.setup();
    open("#/acme/audit-log");
    await rowLinks();
    await user.click(screen.getByRole("button", { name: "Older" }));
    expect(params().getAll("page")).toEqual(["3"]);
    await waitFor(() => expect(server.asked).toContain("entries?before=3"));
    await waitFor(async () => expect((await rowLinks())[0]?.id).toContain(ENTRIES[3]?.id));
    await user.click(screen.getByRole("button", { name: "Newer" }));
    expect(params().has("page")).toBe(false);
  });

  it("asks for what the address says", async () => {
    open("#/acme/audit-log?kind=scim&outcome=success&operation=UPDATE&user=alice&from=2026-11-24T00:00:00.000Z");
    await rowLinks();
    expect(server.asked).toContain(
      "entries?kind=scim&operation=UPDATE&user=alice&outcome=success&from=2026-11-24T00%3A00%3A00.000Z",
    );
  });

  it("writes a chosen kind into the address and asks again", async () => {
    const user = userEvent.setup();
    open("#/acme/audit-log?page=3");
    await rowLinks();
    await user.click(screen.getByRole("button", { name: /^Kind/ }));
    await user.click(await screen.findByRole("checkbox", { name: /Provisioning/ }));
    expect(window.location.hash).toBe("#/acme/audit-log?kind=scim");
    await waitFor(() => expect(server.asked).toContain("entries?kind=scim"));
  });

  it("searches for a user on Enter", async () => {
    const user = userEvent.setup();
    open("#/acme/audit-log");
    await rowLinks();
    await user.type(screen.getByRole("textbox", { name: "User" }), "bob{Enter}");
    expect(params().get("user")).toBe("bob");
  });

  it("says that nothing matches, and clears the filters", async () => {
    const user = userEvent.setup();
    open("#/acme/audit-log?user=nobody");
    const empty = within(await screen.findByTestId("keyledger-empty"));
    await user.click(empty.getByRole("button", { name: "Clear all filters" }));
    expect(window.location.hash).toBe("#/acme/audit-log");
    expect(await rowLinks()).toHaveLength(3);
  });

  it("says that there is nothing yet", async () => {
    serveEntries([]);
    open("#/acme/audit-log");
    expect(await screen.findByText("No entries yet")).toBeTruthy();
  });

  it.each([500, 404, 0])("says that the log does not answer (%i), and tries again", async (status) => {
    const user = userEvent.setup();
    server.answerWith(status);
    open("#/acme/audit-log");
    expect(await screen.findByRole("alert")).toBeTruthy();
    server.answerWith(200);
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await rowLinks()).toHaveLength(3);
  });

  it("is friendly to an admin without the right, and shows no filter", async () => {
    server.answerWith(403);
    open("#/acme/audit-log");
    expect(await screen.findByTestId("keyledger-forbidden")).toBeTruthy();
    expect(screen.queryByRole("textbox")).toBeNull();
  });

  it("speaks the admin's language", async () => {
    open("#/acme/audit-log", { locale: "de", messages: { "keyledger.title": "Audit-Protokoll" } });
    await rowLinks();
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Audit-Protokoll");
  });
});

describe("an entry", () => {
  it("opens by a click anywhere on its row, and keeps the filters", async () => {
    const user = userEvent.setup();
    open("#/acme/audit-log?kind=scim");
    const [first] = await rowLinks();
    await user.click(secondCellOf(first));
    expect(window.location.hash).toBe(`#/acme/audit-log/${newest.id}?kind=scim`);
    expect(await screen.findByTestId("keyledger-entry")).toBeTruthy();
    expect(server.asked.filter((path) => path.startsWith("entries?"))).toHaveLength(1);
  });

  it("opens by Enter, takes the focus, and gives it back to its row on Escape", async () => {
    const user = userEvent.setup();
    open("#/acme/audit-log");
    const [first] = await rowLinks();
    first?.focus();
    await user.keyboard("{Enter}");
    const panel = await screen.findByTestId("keyledger-entry");
    await waitFor(() => expect(panel.contains(document.activeElement)).toBe(true));
    await user.keyboard("{Escape}");
    expect(window.location.hash).toBe("#/acme/audit-log");
    expect(document.activeElement?.id).toBe(first?.id);
  });

  it("says who, on whom, from where, and what changed", async () => {
    open(`#/acme/audit-log/${sealed.id}`);
    const panel = within(await screen.findByTestId("keyledger-entry"));
    const change = within(await panel.findByTestId("keyledger-change"));
    expect(panel.getByText("192.0.2.10")).toBeTruthy();
    expect(panel.getAllByText("service-account-okta").length).toBe(1);
    expect(panel.getByText("request-4")).toBeTruthy();
    expect(change.getAllByRole("row").map((row) => row.textContent)).toEqual([
      "AttributeBeforeAfter",
      "activetruefalse",
      "name.familyNameHuberMeyer",
    ]);
  });

  it("is verified in the browser, step by step", async () => {
    const user = userEvent.setup();
    open(`#/acme/audit-log/${sealed.id}`);
    await user.click(await screen.findByRole("button", { name: "Verify" }));
    expect(await screen.findByTestId("keyledger-verdict-passed")).toBeTruthy();
    const steps = screen.getByTestId("keyledger-steps").querySelectorAll("li");
    expect(Array.from(steps, (step) => step.dataset.state)).toEqual(Array(5).fill("passed"));
  });

  it("fails its verification with the reason when the server tells another story than the log", async () => {
    const user = userEvent.setup();
    serveEntries(ENTRIES.map((entry) => ({ ...entry, ip: "10.0.0.1" })));
    open(`#/acme/audit-log/${sealed.id}`);
    await user.click(await screen.findByRole("button", { name: "Verify" }));
    expect(await screen.findByTestId("keyledger-verdict-failed")).toBeTruthy();
    expect(screen.getByText("ip: shown 10.0.0.1, logged 192.0.2.10")).toBeTruthy();
  });

  it("copies its proof", async () => {
    const user = userEvent.setup();
    open(`#/acme/audit-log/${sealed.id}`);
    await user.click(await screen.findByRole("button", { name: "Copy proof" }));
    const text = await navigator.clipboard.readText();
    expect(text.startsWith("c2sp.org/tlog-proof@v1\nindex 4\n")).toBe(true);
    expect(text.endsWith(`\n\n${sealed.proof?.checkpoint}`)).toBe(true);
  });

  it("is said to be missing where there is none", async () => {
    open("#/acme/audit-log/no-such-id");
    expect(await screen.findByText("The log of this realm has no entry no-such-id.")).toBeTruthy();
    expect(screen.getByRole("heading", { name: "Entry no-such-id" })).toBeTruthy();
  });
});

describe("the page", () => {
  it("follows the browser's Back", async () => {
    const user = userEvent.setup();
    open("#/acme/audit-log");
    const [first] = await rowLinks();
    await user.click(secondCellOf(first));
    await screen.findByTestId("keyledger-entry");
    history.back();
    await waitFor(() => expect(screen.queryByTestId("keyledger-entry")).toBeNull());
  });

  it.each([
    ["the list", "#/acme/audit-log"],
    ["an entry", `#/acme/audit-log/${sealed.id}`],
    ["no match", "#/acme/audit-log?user=nobody"],
  ])("has nothing for axe to find with %s", async (_what, hash) => {
    vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(null);
    const { container } = open(hash);
    await waitFor(() => expect(screen.queryByTestId("keyledger-skeleton")).toBeNull());
    const { violations } = await axe.run(container, {
      // what jsdom cannot lay out is looked at in the browser test's pictures
      rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
    });
    expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
    cleanup();
  });
});
