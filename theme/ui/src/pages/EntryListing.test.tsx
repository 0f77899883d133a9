import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { open, params, rowLinks, serveEntries, server, withLog } from "../../test/auditLogPages";
import { ENTRIES } from "../../test/entries";
import { summaryOf } from "../../test/sampleLog";
import type { EntryDetail } from "../api/types";

// PatternFly's charts draw what jsdom cannot lay out
vi.mock("../timeline/TimelineChart", () => ({ default: () => null }));

withLog();

describe("the bars over time", () => {
  const slider = () => screen.findByRole("slider", { name: "Select a time" });

  it("say what each of them counts", async () => {
    open("#/acme/audit-log?from=2026-11-24T08:00:00Z&to=2026-11-24T10:59:59.999Z");
    expect((await slider()).getAttribute("aria-valuetext")).toMatch(/0 entries, 0 failed$/);
    expect(screen.getByText("Entries per hour · Drag over the bars to select a time")).toBeTruthy();
    (await slider()).focus();
    await userEvent.keyboard("{Home}{ArrowRight}");
    expect((await slider()).getAttribute("aria-valuetext")).toMatch(/7 entries, 3 failed$/);
  });

  it("filter by the time that the keyboard selects", async () => {
    open("#/acme/audit-log?kind=scim&from=2026-11-24T08:00:00Z&to=2026-11-24T10:59:59.999Z");
    (await slider()).focus();
    await userEvent.keyboard("{Home}{Shift>}{ArrowRight}{/Shift}{Enter}");
    expect(Object.fromEntries(params())).toEqual({
      kind: "scim",
      from: "2026-11-24T08:00:00.000Z",
      to: "2026-11-24T09:59:59.999Z",
    });
  });

  it("filter by the time that is dragged over", async () => {
    open("#/acme/audit-log?from=2026-11-24T00:00:00Z&to=2026-11-24T23:59:59.999Z");
    const bars = await slider();
    vi.spyOn(bars, "getBoundingClientRect").mockReturnValue(new DOMRect(100, 0, 240, 100));
    const user = userEvent.setup();
    await user.pointer([
      { keys: "[MouseLeft>]", target: bars, coords: { clientX: 155 } },
      { target: bars, coords: { clientX: 105 } },
      { keys: "[/MouseLeft]", target: bars },
    ]);
    expect(params().get("from")).toBe("2026-11-24T00:00:00.000Z");
    expect(params().get("to")).toBe("2026-11-24T05:59:59.999Z");
  });

  it("do not stand in the way of the list when they fail", async () => {
    server.answer("audit-log/statistics", () => new Response(null, { status: 500 }));
    open("#/acme/audit-log");
    expect(await screen.findByText(/counts over time did not come/)).toBeTruthy();
    expect(await rowLinks()).toHaveLength(3);
  });
});

describe("the filters", () => {
  it("take a value of the chosen field, beside those that are there", async () => {
    const user = userEvent.setup();
    open("#/acme/audit-log?client=okta");
    await user.click(await screen.findByRole("button", { name: "Search for: User" }));
    await user.click(await screen.findByRole("option", { name: "Client" }));
    await user.type(screen.getByRole("textbox", { name: "Client" }), "account-console{Enter}");
    expect(params().getAll("client")).toEqual(["okta", "account-console"]);
  });

  it("suggest names of users", async () => {
    const user = userEvent.setup();
    open("#/acme/audit-log");
    await user.type(await screen.findByRole("textbox", { name: "User" }), "ali");
    await user.click(await screen.findByRole("menuitem", { name: "alina" }));
    expect(params().get("user")).toBe("alina");
    expect(server.asked).toContain("users?search=ali&briefRepresentation=true&max=8");
  });

  it("work without suggestions for an admin who may not see users", async () => {
    server.answer("users", () => new Response(null, { status: 403 }));
    const user = userEvent.setup();
    open("#/acme/audit-log");
    await user.type(await screen.findByRole("textbox", { name: "User" }), "alice{Enter}");
    expect(params().get("user")).toBe("alice");
  });

  it("are kept under a name, for this realm, and applied again", async () => {
    const user = userEvent.setup();
    const { unmount } = open("#/acme/audit-log?kind=scim&user=alice");
    await user.click(await screen.findByRole("button", { name: "Saved filters" }));
    await user.click(await screen.findByRole("menuitem", { name: "Save these filters" }));
    await user.type(await screen.findByRole("textbox", { name: "Name" }), "Alice by SCIM{Enter}");
    unmount();
    open("#/acme/audit-log");
    await user.click(await screen.findByRole("button", { name: "Saved filters" }));
    await user.click(await screen.findByRole("menuitem", { name: "Alice by SCIM" }));
    expect(window.location.hash).toBe("#/acme/audit-log?kind=scim&user=alice");
  });
});

describe("the columns", () => {
  it("are those that the admin wants, also the next time", async () => {
    const user = userEvent.setup();
    const { unmount } = open("#/acme/audit-log");
    await user.click(await screen.findByRole("button", { name: "Columns and density" }));
    await user.click(await screen.findByRole("checkbox", { name: "IP address" }));
    await user.click(await screen.findByRole("checkbox", { name: "Kind" }));
    unmount();
    open("#/acme/audit-log");
    await rowLinks();
    expect(screen.getAllByRole("columnheader").map((header) => header.textContent)).toEqual([
      "Time",
      "Who",
      "What",
      "On",
      "Outcome",
      "IP address",
      "Index",
    ]);
  });
});

describe("the live tail", () => {
  /** A stream that the test feeds. */
  function feed() {
    let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
    const send = async (text: string) => {
      await waitFor(() => expect(controller).toBeDefined());
      await act(async () => controller?.enqueue(new TextEncoder().encode(text)));
    };
    server.answer(
      "audit-log/stream",
      () =>
        new Response(
          new ReadableStream({
            start: (opened) => {
              controller = opened;
            },
          }),
        ),
    );
    return {
      beat: (place: number) => send(`id: 0.${place}\nevent: beat\ndata: {}\n\n`),
      entry: (id: string, place: number) => {
        const entry = { ...summaryOf(ENTRIES[0] as EntryDetail), id };
        return send(`id: 0.${place}\nevent: entry\ndata: ${JSON.stringify(entry)}\n\n`);
      },
    };
  }
  const ids = async () => (await rowLinks()).map((link) => link.id.replace("keyledger-entry-", ""));
  const see = (state: DocumentVisibilityState) =>
    act(async () => {
      vi.spyOn(document, "visibilityState", "get").mockReturnValue(state);
      document.dispatchEvent(new Event("visibilitychange"));
    });
  const streams = () => server.asked.filter((path) => path.startsWith("stream"));

  it("shows new entries on top as they come", async () => {
    const live = feed();
    open("#/acme/audit-log?live=on&kind=user");
    await rowLinks();
    await live.beat(6);
    await live.entry("new-one", 7);
    expect((await ids())[0]).toBe("new-one");
    expect(streams()).toEqual(["stream?kind=user"]);
  });

  it("holds them back while somebody points at the rows", async () => {
    const live = feed();
    const user = userEvent.setup();
    open("#/acme/audit-log?live=on");
    const [first] = await rowLinks();
    await user.hover(first as HTMLElement);
    await live.entry("new-one", 7);
    expect(await ids()).not.toContain("new-one");
    await user.click(await screen.findByRole("button", { name: "Show 1 new" }));
    await waitFor(async () => expect((await ids())[0]).toBe("new-one"));
  });

  it("stops while nobody looks, and goes on where it was", async () => {
    const live = feed();
    const fetched = vi.spyOn(globalThis, "fetch");
    open("#/acme/audit-log?live=on");
    await rowLinks();
    await live.beat(6);
    await see("hidden");
    const before = server.asked.length;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(server.asked).toHaveLength(before);
    await see("visible");
    await waitFor(() => expect(streams()).toHaveLength(2));
    expect(new Headers(fetched.mock.lastCall?.[1]?.headers).get("last-event-id")).toBe("0.6");
  });

  it("says that the server refuses it, and does not ask again", async () => {
    server.answer("audit-log/stream", () => new Response(null, { status: 403 }));
    open("#/acme/audit-log?live=on");
    expect(await screen.findByText("The server refuses the live view")).toBeTruthy();
    expect(streams()).toHaveLength(1);
  });
});

describe("an open entry", () => {
  const sealed = ENTRIES[4] as EntryDetail;

  it("is verified, and gives its proof, also without the network", async () => {
    const user = userEvent.setup();
    open(`#/acme/audit-log/${sealed.id}`);
    const verify = await screen.findByRole("button", { name: "Verify" });
    server.answerWith(0);
    await user.click(verify);
    expect(await screen.findByTestId("keyledger-verdict-passed")).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Copy proof" }));
    expect(await navigator.clipboard.readText()).toContain("c2sp.org/tlog-proof@v1\nindex 4\n");
  });

  it("leads to what else its request did, to the history of its target and to its actor", async () => {
    serveEntries(
      ENTRIES.map((entry) => ({ ...entry, slots: { ...entry.slots, net: sealed.slots.net ?? { state: "open" } } })),
    );
    open(`#/acme/audit-log/${sealed.id}`);
    const request = within(await screen.findByTestId("keyledger-request"));
    expect((await request.findByRole("link", { name: "Show as a list" })).getAttribute("href")).toBe(
      "#/acme/audit-log?requestId=request-4",
    );
    expect(screen.getByRole("link", { name: "History of bob" }).getAttribute("href")).toBe(
      "#/acme/audit-log/history/USER/id-of-bob",
    );
    expect(screen.getByRole("link", { name: "Everything about service-account-okta" }).getAttribute("href")).toBe(
      "#/acme/audit-log?user=id-of-okta",
    );
  });
});
