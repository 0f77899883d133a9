import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { open, server, withLog } from "../../test/auditLogPages";
import { ENTRIES } from "../../test/entries";
import type { EntryDetail } from "../api/types";

const ALICE = "#/acme/audit-log/history/USER/id-of-alice";
let saved: Blob[];

withLog();

beforeEach(() => {
  saved = [];
  // jsdom goes nowhere, and says so
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => undefined);
  vi.stubGlobal(
    "URL",
    Object.assign(URL, {
      createObjectURL: (blob: Blob) => {
        saved.push(blob);
        return "blob:saved";
      },
      revokeObjectURL: () => undefined,
    }),
  );
});

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

describe("an export", () => {
  const start = async () => {
    const user = userEvent.setup();
    await user.click(await screen.findByRole("button", { name: "Export" }));
  };

  it("takes what the filters let through", async () => {
    open("#/acme/audit-log/export?kind=scim&outcome=success");
    expect(await screen.findByText("Provisioning (SCIM)")).toBeTruthy();
    await start();
    const done = await screen.findByTestId("keyledger-export-done");
    expect(done.dataset.entries).toBe("3");
    expect(server.asked).toContain("export?kind=scim&outcome=success&format=csv");
    expect(await textOf(saved[0])).toContain(`"${(ENTRIES[0] as EntryDetail).id}"`);
  });

  it("keeps nothing of one that broke off", async () => {
    const user = userEvent.setup();
    server.answer("audit-log/export", () => new Response('{"export":{}}\n{"id":1}\n'));
    open("#/acme/audit-log/export");
    await user.click(await screen.findByRole("radio", { name: /JSON Lines/ }));
    await start();
    expect(await screen.findByText(/The export broke off/)).toBeTruthy();
    expect(saved).toEqual([]);
  });

  it("says that a part of a bundle is in archives only", async () => {
    const user = userEvent.setup();
    server.answer("audit-log/bundle", () =>
      Response.json({ error_description: "in the archives 0-65536.zip" }, { status: 410 }),
    );
    open("#/acme/audit-log/export");
    await user.click(await screen.findByRole("radio", { name: /Evidence bundle of a part/ }));
    await start();
    expect((await screen.findByTestId("keyledger-export-failed")).textContent).toMatch(/archives.*0-65536\.zip/);
  });

  it("says which role it takes", async () => {
    server.answer("audit-log/export", () => new Response(null, { status: 403 }));
    open("#/acme/audit-log/export");
    await start();
    expect(await screen.findByText("Exporting takes the role audit-export.")).toBeTruthy();
  });

  it("finds the entries of the filtered time for a bundle", async () => {
    const user = userEvent.setup();
    open("#/acme/audit-log/export?from=2026-11-24T09:02:00Z&to=2026-11-24T09:04:59.999Z");
    await user.click(await screen.findByRole("radio", { name: /Evidence bundle of a part/ }));
    await user.click(screen.getByRole("button", { name: "Take those of the filtered time" }));
    await waitFor(() => expect(screen.getByRole<HTMLInputElement>("spinbutton", { name: "First" }).value).toBe("2"));
    expect(screen.getByRole<HTMLInputElement>("spinbutton", { name: "Last" }).value).toBe("4");
  });

  it("takes what the filters let through with its proofs", async () => {
    const user = userEvent.setup();
    const headers = { "content-disposition": 'attachment; filename="acme-found.zip"', "keyledger-bytes-about": "100" };
    server.answer("audit-log/export", () => new Response("PK", { headers }));
    open("#/acme/audit-log/export?kind=scim");
    await user.click(await screen.findByRole("radio", { name: /Evidence bundle of what was found/ }));
    expect(screen.getByText("Provisioning (SCIM)")).toBeTruthy();
    await start();
    expect(await screen.findByText(/verify acme-found.zip/)).toBeTruthy();
    expect(server.asked).toContain("export?kind=scim&format=bundle");
  });

  it("asks for a bundle up to and with the last entry that is named", async () => {
    const user = userEvent.setup();
    server.answer(
      "audit-log/bundle",
      () => new Response("PK", { headers: { "content-disposition": 'attachment; filename="acme-6.keyledger.zip"' } }),
    );
    open("#/acme/audit-log/export");
    await user.click(await screen.findByRole("radio", { name: /Evidence bundle of a part/ }));
    await user.type(screen.getByRole("spinbutton", { name: "First" }), "2");
    await user.type(screen.getByRole("spinbutton", { name: "Last" }), "4");
    await start();
    expect(await screen.findByText(/verify acme-6.keyledger.zip/)).toBeTruthy();
    expect(server.asked).toContain("bundle?from=2&to=5");
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

/** jsdom's blobs cannot be asked themselves. */
function textOf(blob: Blob | undefined): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsText(blob ?? new Blob());
  });
}

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
