import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { LIST, open, server, withLog } from "../../test/auditLogPages";
import { ENTRIES, START } from "../../test/entries";
import { summaryOf } from "../../test/sampleLog";
import type { EntryDetail } from "../api/types";

// PatternFly's charts draw what jsdom cannot lay out
vi.mock("../timeline/TimelineChart", () => ({ default: () => null }));

withLog();

describe("what was erased", () => {
  it("is said to be so in the list, with the way to the entry that says it", async () => {
    const gone = { ...summaryOf(ENTRIES[2] as EntryDetail), actor: null, target: null, ip: null };
    server.answer("audit-log/entries", () =>
      Response.json({ entries: [{ ...gone, erased: { actor: 5, target: null } }], next: null }),
    );
    open(LIST);
    const link = await screen.findByRole("link", { name: "Erased; entry 5 says so" });
    expect(link.getAttribute("href")).toBe(`${LIST}/5`);
    const cells = within(link.closest("tr") as HTMLElement).getAllByRole("cell");
    expect(cells.map(({ textContent }) => textContent)).toContain("Erased");
    expect(within(screen.getByTestId("keyledger-entries")).queryByText("Unknown")).toBeNull();
  });

  it("is said to be so in a history", async () => {
    const gone = { ...summaryOf(ENTRIES[2] as EntryDetail), actor: null, change: null };
    server.answer("audit-log/resources/USER/id-of-carol/history", () =>
      Response.json({ entries: [{ ...gone, erased: { actor: 5, change: 5 } }], next: null }),
    );
    open(`${LIST}/history/USER/id-of-carol`);
    const links = await screen.findAllByRole("link", { name: "Erased; entry 5 says so" });
    expect(links.map((link) => link.getAttribute("href"))).toEqual([`${LIST}/5`, `${LIST}/5`]);
    expect(screen.queryByText(/by Unknown/)).toBeNull();
  });
});

describe("an entry of which something was erased", () => {
  it("leads to the entry that says so", async () => {
    const entry = ENTRIES[2] as EntryDetail;
    server.answer(`audit-log/entries/${entry.id}`, () =>
      Response.json({ ...entry, actor: null, slots: { ...entry.slots, actor: { state: "erased", by: 5 } } }),
    );
    open(`${LIST}/${entry.id}`);
    const panel = within(await screen.findByTestId("keyledger-entry"));
    const link = await panel.findByRole("link", { name: "The entry that says so" });
    expect(link.getAttribute("href")).toBe(`${LIST}/5`);
    expect(panel.queryByText("Unknown")).toBeNull();
  });
});

describe("an entry that is opened by its index", () => {
  it("is marked in the list, which has the focus again when it is closed", async () => {
    const user = userEvent.setup();
    open(`${LIST}/5`);
    const rows = within(await screen.findByTestId("keyledger-entries"));
    const row = await waitFor(() => {
      const [, marked] = rows.getAllByRole("link");
      expect(marked?.getAttribute("aria-current")).toBe("true");
      return marked;
    });
    await user.click(await screen.findByRole("button", { name: "Close entry" }));
    await waitFor(() => expect(document.activeElement).toBe(row));
    expect(window.location.hash).toBe(LIST);
  });
});

describe("what was pruned", () => {
  const note = () => screen.findByTestId("keyledger-pruned-note");

  beforeEach(() => {
    server.log.retention = { ...server.log.retention, minIndex: 3 };
  });

  it("is said to be in the archives where the list ends", async () => {
    open(`${LIST}?page=6`);
    expect((await note()).textContent).toContain("Older entries, below number 3, have left the database");
    expect(
      within(await note())
        .getByRole("link")
        .getAttribute("href"),
    ).toBe(`${LIST}/privacy`);
  });

  it("is not spoken of on the pages before", async () => {
    open(LIST);
    await screen.findAllByRole("link", { name: /2026/ });
    await screen.findByText(/Signed entries/);
    expect(screen.queryByTestId("keyledger-pruned-note")).toBeNull();
  });

  it("is spoken of where the time that is asked for reaches back to it, and nowhere else", async () => {
    open(`${LIST}?page=3&from=${new Date(START + 2 * 60_000).toISOString()}`);
    await note();
    window.location.hash = `${LIST}?page=3&from=${new Date(START + 3 * 60_000).toISOString()}`;
    window.dispatchEvent(new HashChangeEvent("hashchange"));
    await vi.waitFor(() => expect(screen.queryByTestId("keyledger-pruned-note")).toBeNull());
  });

  it("is spoken of where a history ends, and where a state may lack it", async () => {
    const state = { type: "USER", id: "id-of-alice", at: START, exists: true, complete: false, attributes: {} };
    server.answer("audit-log/resources/USER/id-of-alice/state", () => Response.json(state));
    open(`${LIST}/history/USER/id-of-alice?at=2026-11-24T09:10:00Z`);
    await note();
    expect(
      await within(await screen.findByTestId("keyledger-state")).findByText(/Not everything that the log told/),
    ).toBeTruthy();
  });

  it("is not counted by the bars, which say so where they reach back to it", async () => {
    open(`${LIST}?from=${new Date(START).toISOString()}`);
    expect((await screen.findByTestId("keyledger-not-counted")).textContent).toContain("below number 3");
  });

  it("is where the log's integrity is told from", async () => {
    open(`${LIST}/integrity`);
    const term = await screen.findByText("Complete from entry");
    expect(term.closest("div")?.textContent).toContain("3");
  });

  it("leaves what was kept to be verified in the browser", async () => {
    const user = userEvent.setup();
    open(`${LIST}/1`);
    await user.click(await screen.findByRole("button", { name: "Verify" }));
    expect(await screen.findByTestId("keyledger-verdict-passed")).toBeTruthy();
  });

  it("may be why an entry is not found", async () => {
    open(`${LIST}/1234`);
    const panel = within(await screen.findByTestId("keyledger-entry"));
    expect(await panel.findByText("No such entry")).toBeTruthy();
    expect(await panel.findByText(/below number 3, have left/)).toBeTruthy();
  });
});

describe("the rows", () => {
  it("wait neither for what is counted nor for the status of the log", async () => {
    for (const path of ["audit-log/statistics", "audit-log/status"]) {
      server.answer(path, () => new Promise(() => undefined));
    }
    open(LIST);
    expect(await within(await screen.findByTestId("keyledger-entries")).findAllByRole("link")).toHaveLength(3);
    expect(server.asked.map((path) => path.replace(/\?.*/, "")).sort()).toEqual(["entries", "statistics", "status"]);
  });
});
