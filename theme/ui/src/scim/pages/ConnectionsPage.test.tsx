import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { connectOkta, LIST, OKTA, open, server, withServer } from "../../../test/scimPages";
import { connection } from "../../../test/scimServer";

withServer();

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
