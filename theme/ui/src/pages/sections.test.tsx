import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { describe, expect, it, vi } from "vitest";
import { open, server, withLog } from "../../test/auditLogPages";
import { ENTRIES } from "../../test/entries";

const ALICE = "#/acme/audit-log/history/USER/id-of-alice";
withLog();

describe("a history", () => {
  const changes = async () => within(await screen.findByTestId("keyledger-history")).getAllByRole("listitem");

  it("shows every change in order, the newest first, with a link to its entry", async () => {
    open(ALICE);
    expect(await screen.findByRole("heading", { name: "History of alice" })).toBeTruthy();
    const [newest] = await changes();
    expect(
      within(newest as HTMLElement)
        .getByRole("link")
        .getAttribute("href"),
    ).toBe(`#/acme/audit-log/${ENTRIES[6]?.id}`);
    expect(newest?.textContent).toContain("name.familyNameHuberMeyer");
  });

  it("shows how it was on a day that is asked for", async () => {
    open(`${ALICE}?at=2026-11-24T09:10:00Z`);
    const state = within(await screen.findByTestId("keyledger-state"));
    expect(state.getByText("active")).toBeTruthy();
    expect(server.asked).toContain("resources/USER/id-of-alice/state?at=1795511400000");
  });

  it("shows what changed between two moments", async () => {
    server.answer("audit-log/resources/USER/id-of-alice/state", () =>
      Response.json({
        type: "USER",
        id: "id-of-alice",
        at: 1,
        exists: true,
        complete: true,
        attributes: { a: 1, b: 2 },
      }),
    );
    open(`${ALICE}?at=2026-11-24T09:10:00Z&than=2026-11-25T09:10:00Z`);
    expect(await screen.findByRole("button", { name: "Unchanged: 2" })).toBeTruthy();
  });

  it("says that it was gone, and that the log does not know all", async () => {
    server.answer("audit-log/resources/USER/id-of-alice/state", () =>
      Response.json({ type: "USER", id: "id-of-alice", at: 1, exists: false, complete: false, attributes: {} }),
    );
    open(`${ALICE}?at=2026-11-24T09:10:00Z`);
    expect(await screen.findByText(/it did not exist/)).toBeTruthy();
  });

  it("says that there is none", async () => {
    open("#/acme/audit-log/history/USER/nobody?at=2026-11-24T09:10:00Z");
    expect(await screen.findByText("Nothing was done to it")).toBeTruthy();
    expect(await screen.findAllByText(/no entry about it/)).toHaveLength(2);
    expect(screen.queryByTestId("keyledger-error")).toBeNull();
  });
});

describe("the integrity", () => {
  it("says in plain words what is wrong, and what to do", async () => {
    server.answer("audit-log/status", () =>
      Response.json({
        ...STATUS,
        state: "HALTED",
        haltReason: "root is aa, want bb",
      }),
    );
    open("#/acme/audit-log/integrity");
    const alarms = within(await screen.findByTestId("keyledger-alarms"));
    expect(alarms.getByText("root is aa, want bb")).toBeTruthy();
    expect(alarms.getByText(/Keep a copy of the database/)).toBeTruthy();
  });

  it("verifies everything when it is told to", async () => {
    const user = userEvent.setup();
    open("#/acme/audit-log/integrity");
    await user.click(await screen.findByRole("button", { name: "Verify everything now" }));
    expect(await screen.findByText("Verified entries: 6. Nothing contradicts anything.")).toBeTruthy();
  });

  it("asks nothing while nobody looks, and at once when somebody does again", async () => {
    open("#/acme/audit-log/integrity");
    await screen.findByTestId("keyledger-integrity");
    vi.useFakeTimers();
    const visibility = vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
    document.dispatchEvent(new Event("visibilitychange"));
    await vi.advanceTimersByTimeAsync(0);
    const before = server.asked.length;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.asked).toHaveLength(before);
    visibility.mockReturnValue("visible");
    document.dispatchEvent(new Event("visibilitychange"));
    vi.useRealTimers();
    // sooner than it would be asked for anyway
    await waitFor(() => expect(server.asked.length).toBeGreaterThan(before), { timeout: 10_000 });
  });

  it("is friendly to an admin without the right", async () => {
    server.answerWith(403);
    open("#/acme/audit-log/integrity");
    expect(await screen.findByTestId("keyledger-forbidden")).toBeTruthy();
  });
});

describe("the screens", () => {
  it.each([
    ALICE,
    `${ALICE}?at=2026-11-24T09:10:00Z`,
    "#/acme/audit-log/integrity",
    "#/acme/audit-log/export",
    "#/acme/audit-log/privacy",
  ])("have nothing for axe to find: %s", async (hash) => {
    vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(null);
    const { container } = open(hash);
    await waitFor(() => expect(screen.queryByText("Loading")).toBeNull());
    const { violations } = await axe.run(container, {
      rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
    });
    expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
  });

  it("carry the filters along", async () => {
    open("#/acme/audit-log?kind=scim");
    const nav = within(await screen.findByRole("navigation", { name: "Audit log" }));
    expect(nav.getByRole("link", { name: "Export" }).getAttribute("href")).toBe("#/acme/audit-log/export?kind=scim");
  });
});

const STATUS = {
  origin: "sso.example.com/audit/acme",
  epoch: 0,
  state: "ACTIVE",
  haltReason: null,
  size: 6,
  signedSize: 6,
  staged: 0,
  quarantined: 0,
  vkey: "key",
  keyCustody: "file",
  keyProblem: null,
  checkpoint: null,
  checkpointTime: null,
  witness: null,
  verification: { findings: 0, time: null, size: 0 },
};
