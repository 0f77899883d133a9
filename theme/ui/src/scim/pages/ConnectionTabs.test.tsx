import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { connectOkta, OKTA, open, server, withServer } from "../../../test/scimPages";
import { refused } from "../../../test/scimServer";

withServer();

describe("the attributes", () => {
  beforeEach(connectOkta);

  it("says which is which, and shows a user as the other side sees him", async () => {
    const user = userEvent.setup();
    open(`${OKTA}/mapping`);
    const table = within(await screen.findByTestId("keyledger-mapping"));
    expect(table.getByText("externalId.okta").closest("tr")?.textContent).toBe("externalId.oktaexternalId");
    await user.click(await screen.findByRole("menuitem", { name: "alice" }));
    expect((await screen.findByTestId("keyledger-preview")).textContent).toContain('"userName": "alice"');
  });

  it("keeps an attribute elsewhere for this connection, and no longer", async () => {
    const user = userEvent.setup();
    open(`${OKTA}/mapping`);
    await user.click(await screen.findByRole("button", { name: "Keep attributes elsewhere for this connection" }));
    await user.type(screen.getByRole("textbox", { name: "Attribute in SCIM" }), "title");
    await user.type(screen.getByRole("textbox", { name: "User attribute in Keycloak" }), "jobTitle");
    await user.click(screen.getByRole("button", { name: "Add" }));
    const table = within(await screen.findByTestId("keyledger-mapping"));
    await waitFor(() => expect(table.getByText("jobTitle").closest("tr")?.textContent).toBe("jobTitletitle"));
    expect(server.sent.at(-1)).toMatchObject({ attributes: { title: "jobTitle" } });
    await user.click(await screen.findByRole("button", { name: "Keep attributes elsewhere for this connection" }));
    await user.click(await screen.findByRole("button", { name: "Remove the place of title" }));
    await waitFor(() => expect(server.sent.at(-1)).not.toHaveProperty("attributes"));
  });

  it("says which role finding a user takes", async () => {
    open(`${OKTA}/mapping`, { findUsers: false });
    expect((await screen.findByTestId("keyledger-no-users")).textContent).toContain("view-users");
    expect(server.asked.filter((path) => path.includes("users?"))).toEqual([]);
  });

  it("finds a user by a part of the name, and says who is not there for the connection", async () => {
    const user = userEvent.setup();
    open(`${OKTA}/mapping`);
    await user.type(await screen.findByRole("textbox", { name: "Find a user" }), "bo");
    await waitFor(() => expect(screen.queryByRole("menuitem", { name: "alice" })).toBeNull());
    await user.click(await screen.findByRole("menuitem", { name: "bob" }));
    expect((await screen.findByTestId("keyledger-preview-hidden")).textContent).toContain("bob");
  });
});

describe("the activity", () => {
  beforeEach(connectOkta);

  it("explains what was refused, and what to do", async () => {
    server.entries = [refused(1, '409 uniqueness: userName "alice" is taken')];
    open(`${OKTA}/activity`);
    const explained = await screen.findByTestId("keyledger-explained");
    expect(explained.textContent).toContain("Somebody has this name or address already");
    expect(explained.textContent).toContain("let the connection take over existing accounts");
    expect(explained.textContent).toContain('409 uniqueness userName "alice" is taken');
  });

  it("narrows to the failures", async () => {
    const user = userEvent.setup();
    open(`${OKTA}/activity`);
    await user.click(await screen.findByRole("button", { name: "Failures" }));
    expect(await screen.findByText("No failure")).toBeTruthy();
    expect(server.asked).toContain("GET audit-log/entries?connection=okta&max=20&outcome=failure");
  });

  it("shows who could not sign in as its client, and where all of those are", async () => {
    const user = userEvent.setup();
    server.entries = [{ ...refused(1, "invalid_token"), kind: "user", operation: "CLIENT_LOGIN", target: null }];
    open(`${OKTA}/activity`);
    await user.click(await screen.findByRole("button", { name: "Refused sign-ins" }));
    await waitFor(() =>
      expect(server.asked.at(-1)).toBe(
        "GET audit-log/entries?kind=user&operation=CLIENT_LOGIN&outcome=failure&client=scim-okta&max=20",
      ),
    );
    expect((await screen.findByTestId("keyledger-explained")).textContent).toContain("The sign-in was refused");
    expect(screen.getByRole("link", { name: /every client/ }).getAttribute("href")).toBe(
      "#/acme/audit-log?kind=user&operation=CLIENT_LOGIN&outcome=failure",
    );
  });

  it("asks for nothing that is known to be refused", async () => {
    open(`${OKTA}/activity`, { viewAuditLog: false });
    expect((await screen.findByTestId("keyledger-forbidden")).textContent).toContain("view-events");
    expect(server.asked.filter((path) => path.includes("audit-log"))).toEqual([]);
  });

  it("is friendly to an admin who may not read the log", async () => {
    server.fault = { when: /audit-log/, status: 403 };
    open(`${OKTA}/activity`);
    expect((await screen.findByTestId("keyledger-forbidden")).textContent).toContain("view-events");
  });
});
