import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { connectOkta, LIST, OKTA, open, server, withServer } from "../../../test/scimPages";

withServer();

describe("a connection", () => {
  beforeEach(connectOkta);

  it("is paused and served again by a switch", async () => {
    const user = userEvent.setup();
    open(OKTA);
    await user.click(await screen.findByRole("checkbox", { name: "Serves requests" }));
    expect(await screen.findByText("Paused")).toBeTruthy();
    expect(server.sent.at(-1)).toMatchObject({ paused: true, kind: "okta" });
  });

  it("is deleted once its ID is typed", async () => {
    const user = userEvent.setup();
    open(OKTA);
    await user.click(await screen.findByTestId("keyledger-delete"));
    const dialog = within(await screen.findByRole("dialog"));
    const confirm = dialog.getByRole<HTMLButtonElement>("button", { name: "Delete connection" });
    expect(confirm.disabled).toBe(true);
    await user.type(dialog.getByRole("textbox"), "okta");
    await user.click(confirm);
    await waitFor(() => expect(window.location.hash).toBe(LIST));
    expect(server.asked).toContain("DELETE keyledger/connections/okta");
  });

  it("is said to be missing where there is none", async () => {
    open(`${LIST}/connections/gone`);
    expect((await screen.findByTestId("keyledger-missing")).textContent).toContain("gone");
  });

  it("saves what was changed, and keeps what was not", async () => {
    const user = userEvent.setup();
    open(`${OKTA}/policies`);
    expect((await screen.findByTestId<HTMLButtonElement>("keyledger-save")).disabled).toBe(true);
    await user.click(screen.getByRole("radio", { name: "Switch the user off" }));
    await user.click(await screen.findByRole("checkbox", { name: "Update Password" }));
    await user.type(screen.getByRole("spinbutton", { name: "Requests a minute" }), "60");
    await user.click(screen.getByTestId("keyledger-save"));
    expect(await screen.findByText("Saved")).toBeTruthy();
    await waitFor(() => expect(screen.getByTestId<HTMLButtonElement>("keyledger-save").disabled).toBe(true));
    expect(server.connections.find(({ name }) => name === "okta")).toMatchObject({
      displayName: "Okta",
      policy: { deletion: "disable", requiredActions: ["UPDATE_PASSWORD"], requestsPerMinute: 60, visibility: "all" },
    });
  });

  it("keeps what was typed and not saved while other tabs are looked at", async () => {
    const user = userEvent.setup();
    open(`${OKTA}/policies`);
    await user.type(await screen.findByRole("textbox", { name: "Organization" }), "north");
    await user.click(screen.getByRole("tab", { name: "Tokens" }));
    expect(await screen.findByText("Okta 2026")).toBeTruthy();
    await user.click(screen.getByRole("checkbox", { name: "Serves requests" }));
    await screen.findByText("Paused");
    await user.click(screen.getByRole("tab", { name: /not saved/ }));
    expect((await screen.findByRole<HTMLInputElement>("textbox", { name: "Organization" })).value).toBe("north");
    await user.click(screen.getByTestId("keyledger-save"));
    await screen.findByText("Saved");
    expect(server.sent.at(-1)).toMatchObject({ organization: "north", paused: true });
    expect(screen.queryByText("not saved")).toBeNull();
  });

  it("offers the built-in one nothing that only one client is trusted with", async () => {
    open(`${LIST}/connections/default/policies`);
    expect(await screen.findByRole("radio", { name: "Switch the user off" })).toBeTruthy();
    expect(screen.queryByRole("radio", { name: /delete later/ })).toBeNull();
    expect(screen.queryByRole("checkbox", { name: "May change administrators" })).toBeNull();
    expect(screen.queryByRole("textbox", { name: "Organization" })).toBeNull();
  });

  it("deletes later after 30 days if nobody says otherwise", async () => {
    const user = userEvent.setup();
    open(`${OKTA}/policies`);
    await user.click(await screen.findByRole("radio", { name: "Switch off, and delete later" }));
    await user.click(screen.getByTestId("keyledger-save"));
    await screen.findByText("Saved");
    expect(server.sent.at(-1)).toMatchObject({ policy: { deletion: "delayed", deleteAfterDays: 30 } });
  });

  it("says why a setting was refused, and keeps what was typed", async () => {
    const user = userEvent.setup();
    server.fault = { when: /PUT/, status: 400, description: "the realm has no organization of the alias x" };
    open(`${OKTA}/policies`);
    await user.type(await screen.findByRole("textbox", { name: "Organization" }), "x");
    await user.click(screen.getByTestId("keyledger-save"));
    expect(await screen.findByText("the realm has no organization of the alias x")).toBeTruthy();
    expect(screen.getByRole<HTMLInputElement>("textbox", { name: "Organization" }).value).toBe("x");
  });
});

describe("the tokens", () => {
  beforeEach(connectOkta);

  it("shows a new one once", async () => {
    const user = userEvent.setup();
    open(`${OKTA}/tokens`);
    await user.click(await screen.findByTestId("keyledger-new-token"));
    const dialog = within(await screen.findByRole("dialog"));
    await user.type(dialog.getByRole("textbox", { name: /Name/ }), "second");
    await user.click(dialog.getByRole("button", { name: "Create token" }));
    const issued = within(await screen.findByTestId("keyledger-issued-token"));
    expect(issued.getByRole<HTMLInputElement>("textbox").value).toBe("keyledger_t2_secret");
    await user.click(screen.getByRole("button", { name: "I have it" }));
    expect(screen.queryByTestId("keyledger-issued-token")).toBeNull();
    expect(await screen.findByText("second")).toBeTruthy();
  });

  it("rotates one with an overlap", async () => {
    const user = userEvent.setup();
    open(`${OKTA}/tokens`);
    await user.click(await screen.findByRole("button", { name: "Rotate Okta 2026" }));
    const dialog = within(await screen.findByRole("dialog"));
    await user.selectOptions(dialog.getByRole("combobox", { name: "The old token lives on for" }), "72");
    await user.click(dialog.getByRole("button", { name: "Rotate" }));
    expect(await screen.findByTestId("keyledger-issued-token")).toBeTruthy();
    expect(server.asked).toContain("POST keyledger/connections/okta/tokens/t1/rotate");
    expect(server.sent.at(-1)).toEqual({ overlapHours: 72, expiresInDays: 365 });
  });

  it("revokes one after a question", async () => {
    const user = userEvent.setup();
    open(`${OKTA}/tokens`);
    await user.click(await screen.findByRole("button", { name: "Revoke Okta 2026" }));
    const dialog = within(await screen.findByRole("dialog"));
    await user.click(dialog.getByRole("button", { name: "Revoke" }));
    expect(await screen.findByText("No tokens")).toBeTruthy();
  });
});
