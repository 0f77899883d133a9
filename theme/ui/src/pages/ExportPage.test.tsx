import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { open, server, withLog } from "../../test/auditLogPages";
import { saved, textOf, withDownloads } from "../../test/downloads";
import { ENTRIES } from "../../test/entries";
import type { EntryDetail } from "../api/types";

withLog();
withDownloads();

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

  it.each([
    [
      "the rows that there are",
      "csv",
      { "keyledger-entries-at-most": "4" },
      '"id"\r\n"1"\r\n',
      "25%",
      "Entries: 1 of 4",
    ],
    [
      "the size that is likely",
      "found",
      { "keyledger-bytes-about": "4000" },
      "x".repeat(2000),
      "50%",
      "2 kB of about 4 kB",
    ],
    [
      "at most nearly all before it has ended",
      "found",
      { "keyledger-bytes-about": "10" },
      "x".repeat(99),
      "99%",
      /of about/,
    ],
  ])("says how far it is by %s", async (_by, format, headers, first, percent, text) => {
    const user = userEvent.setup();
    let end = () => {};
    const body = new ReadableStream({
      start: (stream) => {
        stream.enqueue(new TextEncoder().encode(first));
        end = () => stream.close();
      },
    });
    server.answer("audit-log/export", () => new Response(body, { headers }));
    open("#/acme/audit-log/export");
    await user.click(await screen.findByRole("radio", { name: format === "csv" ? /CSV/ : /of what was found/ }));
    await start();
    const running = within(await screen.findByTestId("keyledger-export-running"));
    expect(await running.findByText(percent)).toBeTruthy();
    expect(running.getByText(text)).toBeTruthy();
    expect(running.getByRole("progressbar").getAttribute("aria-valuenow")).toBe(percent.replace("%", ""));
    end();
    expect(await screen.findByTestId("keyledger-export-done")).toBeTruthy();
  });

  it("holds back of a bundle what is not to be told", async () => {
    const user = userEvent.setup();
    server.answer("audit-log/export", () => new Response("PK"));
    open("#/acme/audit-log/export");
    expect(screen.queryByRole("group", { name: /tells of each entry/ })).toBeNull();
    await user.click(await screen.findByRole("radio", { name: /of what was found/ }));
    const told = within(screen.getByRole("group", { name: /tells of each entry/ }));
    await user.click(told.getByRole("checkbox", { name: /From where/ }));
    await start();
    await waitFor(() => expect(server.asked).toContain("export?format=bundle&disclose=actor%2Ctarget%2Cchange"));
    for (const part of [/Who did it/, /What it was done to/, /What changed/]) {
      await user.click(told.getByRole("checkbox", { name: part }));
    }
    await start();
    await waitFor(() => expect(server.asked).toContain("export?format=bundle&disclose=none"));
  });

  it("holds back of a part of the log what is not to be told", async () => {
    const user = userEvent.setup();
    server.answer("audit-log/bundle", () => new Response("PK"));
    open("#/acme/audit-log/export");
    await user.click(await screen.findByRole("radio", { name: /Evidence bundle of a part/ }));
    await user.click(screen.getByRole("checkbox", { name: /Who did it/ }));
    await start();
    await waitFor(() => expect(server.asked).toContain("bundle?disclose=target%2Cchange%2Cnet"));
  });
});
