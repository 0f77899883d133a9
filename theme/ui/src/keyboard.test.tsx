import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { LIST, open, withLog } from "../test/auditLogPages";
import { connectOkta, OKTA, open as openScim, withServer } from "../test/scimPages";

/** Comes to a button as somebody does who has no mouse, and presses it. */
async function press(name: string | RegExp): Promise<HTMLElement> {
  const [button] = await screen.findAllByRole("button", { name });
  for (let at = 0; document.activeElement !== button; at++) {
    expect(at, `${name} is reached by Tab`).toBeLessThan(150);
    await userEvent.tab();
  }
  await userEvent.keyboard("{Enter}");
  return button as HTMLElement;
}

/** The open dialog begins at its first field, if it has one, and keeps the focus; Escape closes it, and the focus is where it was. */
async function staysInsideAndGoesBackTo(opener: HTMLElement): Promise<void> {
  const dialog = await screen.findByRole("dialog");
  const field = dialog.querySelector("input, textarea");
  await waitFor(() =>
    expect(field ? document.activeElement === field : dialog.contains(document.activeElement)).toBe(true),
  );
  const places = within(dialog).getAllByRole("button").length + 8;
  for (let at = 0; at < places; at++) {
    await userEvent.tab();
    expect(dialog.contains(document.activeElement)).toBe(true);
  }
  await userEvent.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  await waitFor(() => expect(document.activeElement).toBe(opener));
}

describe("without a mouse, in the log", () => {
  withLog();

  const person = async () => {
    open(`${LIST}/privacy`);
    await userEvent.type(await screen.findByRole("textbox", { name: "Person" }), "alice{Enter}");
    await screen.findByTestId("keyledger-subject");
  };

  it.each(["Erase", "Put on legal hold"])("a person: %s", async (name) => {
    await person();
    await staysInsideAndGoesBackTo(await press(name));
  });

  it("a shorter period", async () => {
    open(`${LIST}/privacy`);
    const field = await screen.findByRole("spinbutton", { name: "How long, Administration" });
    await userEvent.clear(field);
    await userEvent.type(field, "1");
    await staysInsideAndGoesBackTo(await press("Save periods"));
  });

  it("an export", async () => {
    open(`${LIST}/export`);
    await press("Export");
    expect(await screen.findByTestId("keyledger-export-done")).toBeTruthy();
  });

  it.each(["Refresh", "Saved filters", "Columns and density", /^Kind/, "Search for: User"])(
    "the list has %s within reach",
    async (name) => {
      open(LIST);
      await screen.findByTestId("keyledger-entries");
      await press(name);
    },
  );
});

describe("without a mouse, in the connections", () => {
  withServer();
  beforeEach(connectOkta);

  it.each([
    ["a new token", `${OKTA}/tokens`, /New token|Create/],
    ["a token's successor", `${OKTA}/tokens`, /^Rotate/],
    ["the end of a token", `${OKTA}/tokens`, /^Revoke/],
    ["the end of the connection", OKTA, "Delete connection"],
  ])("%s", async (_what, hash, name) => {
    openScim(hash);
    await staysInsideAndGoesBackTo(await press(name));
  });
});
