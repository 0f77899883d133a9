import { cleanup, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { connection, refused, ScimServer } from "../../../test/scimServer";
import type { PageContext } from "../../context";
import { ScimPage } from "./ScimPage";

const context: PageContext = {
  realm: "acme",
  realmUrl: "https://sso.example.com/realms/acme",
  adminBaseUrl: "http://localhost:8080",
  getAccessToken: () => Promise.resolve("the-token"),
  locale: "en",
  messages: {},
};
const LIST = "#/acme/provisioning";
const OKTA = `${LIST}/connections/okta`;

let server: ScimServer;

function open(hash: string, changes: Partial<PageContext> = {}) {
  window.location.hash = hash;
  return render(<ScimPage context={{ ...context, ...changes }} />);
}

function connectOkta() {
  server.connections = [
    connection("default"),
    connection("okta", { kind: "okta", displayName: "Okta", client: "scim-okta" }),
  ];
  server.activities.okta = {
    lastRequest: new Date(Date.now() - 7_200_000).toISOString(),
    lastStatus: 200,
    requests: 240,
    errors: 17,
  };
  server.tokens.okta = [
    {
      id: "t1",
      name: "Okta 2026",
      created: "2026-11-01T00:00:00Z",
      expires: new Date(Date.now() + 10 * 86_400_000).toISOString(),
      lastUsed: new Date(Date.now() - 7_200_000).toISOString(),
    },
  ];
}

beforeEach(() => {
  server = new ScimServer();
  server.connections = [connection("default")];
});

afterEach(() => {
  window.location.hash = "";
});

describe("the list", () => {
  it("shows a skeleton first, and then each connection with when it lived last and what failed", async () => {
    connectOkta();
    open(LIST);
    expect(screen.getAllByTestId("keyledger-skeleton").length).toBeGreaterThan(0);
    const row = (await screen.findByRole("link", { name: "Okta" })).closest("tr") as HTMLElement;
    expect(row.querySelector("a")?.getAttribute("href")).toBe(OKTA);
    await waitFor(() => expect(within(row).getByText("2 hours ago")).toBeTruthy());
    expect(within(row).getByText("17")).toBeTruthy();
  });

  it("shows the connections also when nobody can say how they are used", async () => {
    connectOkta();
    server.fault = { when: /activity/, status: 500 };
    open(LIST);
    const row = (await screen.findByRole("link", { name: "Okta" })).closest("tr") as HTMLElement;
    await waitFor(() => expect(within(row).getAllByText("Unknown")).toHaveLength(2));
  });

  it("keeps a name of any length inside the page", async () => {
    server.connections = [connection("long", { displayName: "x".repeat(255) })];
    open(LIST);
    const cell = (await screen.findByRole("link", { name: "x".repeat(255) })).closest("td");
    expect(cell?.className).toContain("break-word");
  });

  it("leads to the wizard while nothing is connected", async () => {
    open(LIST);
    const empty = within(await screen.findByTestId("keyledger-empty"));
    expect(empty.getByRole("link", { name: "Connect Okta" }).getAttribute("href")).toBe(`${LIST}/connect/okta`);
    expect(await screen.findByRole("link", { name: "Built-in connection" })).toBeTruthy();
  });

  it("offers nothing to an admin who may not change connections", async () => {
    open(LIST, { manageConnections: false });
    await screen.findByTestId("keyledger-empty");
    expect(screen.queryByRole("link", { name: /Connect/ })).toBeNull();
  });

  it.each([500, 404, 0])("says that the server does not answer (%i), and tries again", async (status) => {
    const user = userEvent.setup();
    server.fault = { when: /connections$/, status };
    open(LIST);
    expect(await screen.findByRole("alert")).toBeTruthy();
    server.fault = undefined;
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("link", { name: "Built-in connection" })).toBeTruthy();
  });

  it("is friendly to an admin without the right", async () => {
    server.fault = { when: /connections/, status: 403 };
    open(LIST);
    expect((await screen.findByTestId("keyledger-forbidden")).textContent).toContain("view-realm");
    expect(screen.queryByRole("link", { name: "Connect" })).toBeNull();
  });
});

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

  it("is friendly to an admin who may not read the log", async () => {
    server.fault = { when: /audit-log/, status: 403 };
    open(`${OKTA}/activity`);
    expect((await screen.findByTestId("keyledger-forbidden")).textContent).toContain("view-events");
  });
});

describe("axe", () => {
  it.each([
    ["the empty list", LIST],
    ["the choice of the other side", `${LIST}/connect`],
    ["the rules of a new connection", `${LIST}/connect/generic`],
    ["the overview", OKTA],
    ["the tokens", `${OKTA}/tokens`],
    ["the settings", `${OKTA}/policies`],
    ["the attributes", `${OKTA}/mapping`],
    ["the activity", `${OKTA}/activity`],
    ["a missing connection", `${LIST}/connections/gone`],
  ])("finds nothing with %s", async (what, hash) => {
    if (what !== "the empty list") {
      connectOkta();
      server.entries = [refused(1, "429: slow down")];
    }
    vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(null);
    const { container } = open(hash);
    await waitFor(() => expect(container.querySelector(".pf-v5-c-skeleton")).toBeNull());
    const { violations } = await axe.run(container, {
      // what jsdom cannot lay out is looked at in the browser test's pictures
      rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
    });
    expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
    cleanup();
  });
});
