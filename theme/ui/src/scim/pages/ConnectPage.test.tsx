import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { connectOkta, LIST, open, server, withServer } from "../../../test/scimPages";

withServer();

describe("the wizard", () => {
  it("ends with the values to paste, and sees the first request come in", async () => {
    const user = userEvent.setup();
    open(`${LIST}/connect/okta`);
    await user.click(await screen.findByTestId("keyledger-create"));
    const url = within(await screen.findByTestId("keyledger-paste-url")).getByRole<HTMLInputElement>("textbox");
    expect(url.value).toBe("https://sso.example.com/realms/acme/scim/v2");
    const token = within(screen.getByTestId("keyledger-paste-token")).getByRole<HTMLInputElement>("textbox");
    expect(token.value).toBe("keyledger_t1_secret");
    expect(server.sent[0]).toEqual({ kind: "okta", displayName: "Okta", policy: { existing: "refuse" } });
    expect(screen.getByText("Waiting for the first request…")).toBeTruthy();
    server.tokens.okta = (server.tokens.okta ?? []).map((one) => ({ ...one, lastUsed: new Date().toISOString() }));
    expect(await screen.findByTestId("keyledger-received", undefined, { timeout: 5_000 })).toBeTruthy();
  });

  it("says that the other side has come with a wrong token", async () => {
    const user = userEvent.setup();
    server.activities.okta = { lastError: new Date().toISOString(), lastStatus: 401, requests: 1, errors: 1 };
    open(`${LIST}/connect/okta`);
    await user.click(await screen.findByTestId("keyledger-create"));
    expect((await screen.findByTestId("keyledger-first-refused")).textContent).toContain("(401)");
  });

  it("asks for nothing while nobody can see the page", async () => {
    const user = userEvent.setup();
    open(`${LIST}/connect/okta`);
    await user.click(await screen.findByTestId("keyledger-create"));
    await screen.findByTestId("keyledger-first-request");
    const hidden = vi.spyOn(document, "hidden", "get").mockReturnValue(true);
    document.dispatchEvent(new Event("visibilitychange"));
    const before = server.asked.length;
    await new Promise((resolve) => setTimeout(resolve, 2_300));
    expect(server.asked.length).toBe(before);
    hidden.mockReturnValue(false);
    document.dispatchEvent(new Event("visibilitychange"));
    await waitFor(() => expect(server.asked.length).toBeGreaterThan(before));
  });

  it("suggests an ID that is free, and refuses one that is taken", async () => {
    const user = userEvent.setup();
    connectOkta();
    open(`${LIST}/connect/okta`);
    const name = await screen.findByRole<HTMLInputElement>("textbox", { name: /^ID/ });
    expect(name.value).toBe("okta-2");
    await user.clear(name);
    await user.type(name, "okta");
    expect(screen.getByText("The realm has a connection of this ID.")).toBeTruthy();
    expect(screen.getByTestId<HTMLButtonElement>("keyledger-create").disabled).toBe(true);
  });

  it("says why the server refused, and makes no second connection when only the token was missing", async () => {
    const user = userEvent.setup();
    server.fault = { when: /POST .*tokens/, status: 403, description: "you may not" };
    open(`${LIST}/connect/entra`);
    await user.click(await screen.findByTestId("keyledger-create"));
    expect(await screen.findByText("you may not")).toBeTruthy();
    server.fault = undefined;
    await user.click(screen.getByTestId("keyledger-create"));
    expect(await screen.findByTestId("keyledger-paste")).toBeTruthy();
    expect(server.asked.filter((path) => path.startsWith("PUT"))).toEqual(["PUT keyledger/connections/entra"]);
  });
});
