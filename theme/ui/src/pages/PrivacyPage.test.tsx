import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { open, server, withLog } from "../../test/auditLogPages";

const UNDER_WAY = {
  ...{ reason: "ticket 7", since: 1_796_000_000_000, seen: Date.now() },
  ...{ looked: 2_500, toLook: 10_000, entries: 12 },
};

withLog();

describe("the privacy of a person", () => {
  const find = async (name: string) => {
    const user = userEvent.setup();
    open("#/acme/audit-log/privacy");
    await user.type(await screen.findByRole("textbox", { name: "Person" }), `${name}{Enter}`);
    return user;
  };

  it("is given by an erasure, for a reason and with the name typed out", async () => {
    const user = await find("alice");
    await user.click(await screen.findByRole("button", { name: "Erase" }));
    const dialog = within(await screen.findByRole("dialog"));
    const confirm = () => dialog.getByRole<HTMLButtonElement>("button", { name: "Erase for ever" });
    await user.type(dialog.getByRole("textbox", { name: /Reason/ }), "ticket 7");
    await user.type(dialog.getByRole("textbox", { name: /Type alice/ }), "alic");
    expect(confirm().disabled).toBe(true);
    await user.type(dialog.getByRole("textbox", { name: /Type alice/ }), "e");
    await user.click(confirm());
    expect(await screen.findByText("Erased. Entries that lost what they told: 12")).toBeTruthy();
    expect(await screen.findByText("The log knows nobody of this name")).toBeTruthy();
    expect(within(screen.getByTestId("keyledger-erasures")).getByText("ticket 7")).toBeTruthy();
  });

  it("is not erased while a legal hold is in force", async () => {
    const user = await find("alice");
    await user.click(await screen.findByRole("button", { name: "Put on legal hold" }));
    const dialog = within(await screen.findByRole("dialog"));
    await user.type(dialog.getByRole("textbox", { name: /Reason/ }), "case 42");
    await user.click(dialog.getByRole("button", { name: "Put on hold" }));
    await waitFor(() => expect(screen.getByTestId("keyledger-subject").dataset.state).toBe("held"));
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Erase" }).disabled).toBe(true);
    await user.click(within(screen.getByTestId("keyledger-subject")).getByRole("button", { name: "Release" }));
    await waitFor(() => expect(screen.getByTestId("keyledger-subject").dataset.state).toBe("open"));
  });

  it("stays as it is when the server refuses, with what the server says", async () => {
    const user = await find("alice");
    await user.click(await screen.findByRole("button", { name: "Erase" }));
    const dialog = within(await screen.findByRole("dialog"));
    await user.type(dialog.getByRole("textbox", { name: /Reason/ }), "for alice");
    await user.type(dialog.getByRole("textbox", { name: /Type alice/ }), "alice");
    server.answer("audit-log/erasures", () =>
      Response.json({ error_description: "the reason names the person" }, { status: 400 }),
    );
    await user.click(dialog.getByRole("button", { name: "Erase for ever" }));
    expect(await dialog.findByText("the reason names the person")).toBeTruthy();
  });

  it("is said to be erased at the moment where that is so, and how far it is", async () => {
    const user = await find("alice");
    server.log.underWay = [UNDER_WAY];
    await user.click(await screen.findByRole("button", { name: "Erase" }));
    const dialog = within(await screen.findByRole("dialog"));
    await user.type(dialog.getByRole("textbox", { name: /Reason/ }), "ticket 8");
    await user.type(dialog.getByRole("textbox", { name: /Type alice/ }), "alice");
    await user.click(dialog.getByRole("button", { name: "Erase for ever" }));
    expect(await dialog.findByText("This person is being erased at the moment")).toBeTruthy();
    expect(dialog.queryByText(/It goes on when you close this/)).toBeNull();
    expect(await dialog.findByText(/2,500 of 10,000 entries read.*lost what they told: 12/)).toBeTruthy();
    await user.click(dialog.getByRole("button", { name: "Cancel" }));
    expect(await screen.findByText(/^ticket 7, since/)).toBeTruthy();
  });

  it("is shown to be erased for as long as that takes, also in the dialog", async () => {
    const user = await find("alice");
    await user.click(await screen.findByRole("button", { name: "Erase" }));
    const dialog = within(await screen.findByRole("dialog"));
    await user.type(dialog.getByRole("textbox", { name: /Reason/ }), "ticket 7");
    await user.type(dialog.getByRole("textbox", { name: /Type alice/ }), "alice");
    let finish = (_answer: Response) => {};
    const answer = new Promise<Response>((resolve) => {
      finish = resolve;
    });
    server.answer("audit-log/erasures", (method) =>
      method === "POST" ? answer : Response.json({ erasures: [], underWay: [UNDER_WAY] }),
    );
    await user.click(dialog.getByRole("button", { name: "Erase for ever" }));
    expect(await dialog.findByText(/It goes on when you close this/)).toBeTruthy();
    expect(await dialog.findByText(/2,500 of 10,000 entries read/)).toBeTruthy();
    finish(Response.json({ entry: { id: "erasure", index: 6 }, entries: 12 }));
    expect(await screen.findByText("Erased. Entries that lost what they told: 12")).toBeTruthy();
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("is shown to be erased until that is done", async () => {
    server.log.underWay = [{ ...UNDER_WAY, looked: 10_000, seen: Date.now() - 600_000 }];
    open("#/acme/audit-log/privacy");
    const underWay = within(await screen.findByTestId("keyledger-under-way"));
    expect(underWay.getByText(/All is read.*No server was seen at it/)).toBeTruthy();
    expect(underWay.getByRole("progressbar").getAttribute("aria-valuenow")).toBe("100");
    server.log.underWay = [];
    await waitFor(() => expect(screen.queryByTestId("keyledger-under-way")).toBeNull());
    await waitFor(() => expect(server.asked.filter((path) => path === "holds")).toHaveLength(2));
  });

  it.each([
    [409, { error: "held" }, "It was not done: the person is on legal hold"],
    [409, { error: "halted" }, "It was not done: something stands against it"],
    [504, "a proxy's page", /It may be done, or go on/],
  ])("is not erased when the answer is %i %j", async (status, body, text) => {
    const user = await find("alice");
    await user.click(await screen.findByRole("button", { name: "Erase" }));
    const dialog = within(await screen.findByRole("dialog"));
    await user.type(dialog.getByRole("textbox", { name: /Reason/ }), "ticket 8");
    await user.type(dialog.getByRole("textbox", { name: /Type alice/ }), "alice");
    server.answer("audit-log/erasures", () => Response.json(body, { status }));
    await user.click(dialog.getByRole("button", { name: "Erase for ever" }));
    expect(await dialog.findByText(text)).toBeTruthy();
  });

  it("is told to be in archives only where the database has nothing any more", async () => {
    const wanda = { subject: "ref-w", userId: "id-w", names: ["wanda"], entries: 0, state: "open", hold: null };
    server.answer("audit-log/subjects", () => Response.json({ subjects: [wanda] }));
    await find("wanda");
    expect(await screen.findByText(/in archives only/)).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Erase" }).disabled).toBe(false);
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Put on legal hold" }).disabled).toBe(false);
  });

  it("is said to be nobody's where the log knows no such name", async () => {
    await find("nobody");
    expect(await screen.findByText("The log knows nobody of this name")).toBeTruthy();
  });
});

describe("the retention", () => {
  const PRIVACY = "#/acme/audit-log/privacy";
  const panel = async () => within(await screen.findByTestId("keyledger-retention"));
  const years = async (kind: string, count: string) => {
    const user = userEvent.setup();
    const field = await screen.findByRole("spinbutton", { name: `How long, ${kind}` });
    await user.clear(field);
    await user.type(field, count);
    await user.click(screen.getByTestId("keyledger-save-periods"));
    return user;
  };

  it("says what stands in the way of pruning", async () => {
    server.log.retention = { ...server.log.retention, undelivered: 4 };
    open(PRIVACY);
    const retention = await panel();
    expect(await retention.findByText("Nothing is pruned: there is no archive")).toBeTruthy();
    expect(retention.getByRole("link", { name: /missing there: 4/ }).getAttribute("href")).toBe("#/acme/audit-log/4");
    expect(retention.getByTestId("keyledger-how-far").textContent).toContain("all 6 entries are in the database");
    expect(server.asked).not.toContain("archives");
  });

  it("says what was pruned, by which entry, and in which files it is", async () => {
    server.log.retention = {
      ...server.log.retention,
      archiving: true,
      minIndex: 65_536,
      size: 123_456,
      pruned: [{ from: 0, to: 65_536, kept: 1234, pruned: Date.UTC(2026, 10, 1), index: 100_001 }],
    };
    server.log.archives = [{ from: 0, to: 65_536, sha256: "0f3c9a", place: "/mnt/audit/0.zip", verified: 1 }];
    open(PRIVACY);
    const pruned = within(await screen.findByTestId("keyledger-pruned"));
    expect(pruned.getByText("0 to 65,535")).toBeTruthy();
    expect(pruned.getByText("1,234")).toBeTruthy();
    expect(pruned.getByRole("link").getAttribute("href")).toBe("#/acme/audit-log/100001");
    expect(screen.getByTestId("keyledger-how-far").textContent).toContain("Pruned up to number 65,536 of 123,456");
    expect(screen.getByTestId("keyledger-archives").textContent).toContain("/mnt/audit/0.zip");
  });

  it("keeps a period as it is that it has no words for", async () => {
    server.log.retention = { ...server.log.retention, periods: { user: "PT0S", admin: "P72M", scim: null } };
    open(PRIVACY);
    await years("Administration", "7");
    await waitFor(() => expect(server.log.retention.periods).toEqual({ user: "PT0S", admin: "P7Y", scim: null }));
  });

  it("keeps entries for longer without a question", async () => {
    open(PRIVACY);
    await years("Sign-in and account", "2");
    await waitFor(() => expect(server.log.retention.periods).toEqual({ user: "P2Y", admin: "P6Y", scim: null }));
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("keeps them for a shorter time only once the realm's name is typed", async () => {
    open(PRIVACY);
    const user = await years("Administration", "1");
    const dialog = within(await screen.findByRole("dialog"));
    expect(dialog.getByText(/will be pruned from the database: Administration\./)).toBeTruthy();
    const confirm = dialog.getByRole<HTMLButtonElement>("button", { name: "Keep for a shorter time" });
    expect(confirm.disabled).toBe(true);
    expect(server.log.retention.periods.admin).toBe("P72M");
    await user.type(dialog.getByRole("textbox", { name: /Type acme/ }), "acme");
    await user.click(confirm);
    await waitFor(() => expect(server.log.retention.periods.admin).toBe("P1Y"));
  });

  it("says why the server refused a period", async () => {
    open(PRIVACY);
    await screen.findByTestId("keyledger-save-periods");
    server.answer("audit-log/retention", () =>
      Response.json({ error_description: "user: at most P99Y" }, { status: 400 }),
    );
    await years("Sign-in and account", "100");
    expect(await screen.findByText("user: at most P99Y")).toBeTruthy();
  });

  it("can be decided anew where somebody has forged it", async () => {
    const user = userEvent.setup();
    let forged = true;
    server.answer("audit-log/retention", () => {
      const answer = forged
        ? Response.json({ error_description: "it is not what was decided" }, { status: 409 })
        : Response.json(server.log.retention);
      forged = false;
      return answer;
    });
    open(PRIVACY);
    expect(await screen.findByText("it is not what was decided")).toBeTruthy();
    await user.click(screen.getByTestId("keyledger-save-periods"));
    expect(await screen.findByTestId("keyledger-how-far")).toBeTruthy();
  });

  it("prunes at once where there is an archive", async () => {
    const user = userEvent.setup();
    server.log.retention = { ...server.log.retention, archiving: true };
    server.answer("audit-log/retention/prune", () => Response.json({}));
    open(PRIVACY);
    await user.click(await screen.findByRole("button", { name: "Prune now" }));
    await waitFor(() => expect(server.asked.filter((path) => path === "retention")).toHaveLength(2));
    expect(server.asked).toContain("retention/prune");
  });
});

describe("an admin without the roles", () => {
  beforeEach(() => {
    server.log.rights = [];
  });

  it("is offered no erasure and no period, and told which role each takes", async () => {
    const user = userEvent.setup();
    open("#/acme/audit-log/privacy");
    await user.type(await screen.findByRole("textbox", { name: "Person" }), "alice{Enter}");
    expect((await screen.findByRole<HTMLButtonElement>("button", { name: "Erase" })).disabled).toBe(true);
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Put on legal hold" }).disabled).toBe(true);
    const takes = await screen.findAllByTestId("keyledger-takes-role");
    expect(takes.map(({ textContent }) => textContent?.trim()).sort()).toEqual([
      "This takes the role audit-configure of the realm's management client.",
      "This takes the role audit-erase of the realm's management client.",
    ]);
    expect(screen.queryByTestId("keyledger-save-periods")).toBeNull();
    expect(screen.getByRole<HTMLInputElement>("spinbutton", { name: "How long, Sign-in and account" }).disabled).toBe(
      true,
    );
  });

  it.each([
    ["export", "Export", "audit-export"],
    ["integrity", "Verify everything now", "audit-configure"],
  ])("is offered no %s either", async (section, button, role) => {
    open(`#/acme/audit-log/${section}`);
    expect((await screen.findByTestId("keyledger-takes-role")).textContent).toContain(role);
    expect(screen.getByRole<HTMLButtonElement>("button", { name: button }).disabled).toBe(true);
  });
});

describe("an admin who may not read the log", () => {
  it("is told so without a request that would be refused", async () => {
    open("#/acme/audit-log", { viewAuditLog: false });
    expect((await screen.findByTestId("keyledger-forbidden")).textContent).toContain("view-events");
    expect(server.asked).toEqual([]);
  });
});
