import { cleanup, screen, waitFor } from "@testing-library/react";
import axe from "axe-core";
import { describe, expect, it, vi } from "vitest";
import { connectOkta, LIST, OKTA, open, server, withServer } from "../../../test/scimPages";
import { refused } from "../../../test/scimServer";

withServer();

describe("an admin who may not read the connections", () => {
  it.each([LIST, `${LIST}/connect`, `${OKTA}/tokens`])(
    "is told so at %s without a request that would be refused",
    async (hash) => {
      open(hash, { readConnections: false, manageConnections: false });
      expect((await screen.findByTestId("keyledger-forbidden")).textContent).toContain("view-realm");
      expect(server.asked).toEqual([]);
    },
  );
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
