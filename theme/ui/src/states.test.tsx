import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { LIST, open, server, withLog } from "../test/auditLogPages";
import {
  LIST as CONNECTIONS,
  connectOkta,
  OKTA,
  open as openScim,
  server as scimServer,
  withServer,
} from "../test/scimPages";

// PatternFly's charts draw what jsdom cannot lay out
vi.mock("./timeline/TimelineChart", () => ({ default: () => null }));

/** Nothing that is asked for comes. */
function silence() {
  vi.stubGlobal("fetch", () => new Promise(() => undefined));
}

describe.each([
  ["the list", LIST],
  ["an entry", `${LIST}/some-id`],
  ["a history", `${LIST}/history/USER/id-of-alice`],
  ["the integrity", `${LIST}/integrity`],
  ["the privacy", `${LIST}/privacy`],
])("%s of the log", (_what, hash) => {
  withLog();

  it("says that something comes for as long as it does not", () => {
    silence();
    open(hash);
    expect(document.querySelector(".pf-v5-c-skeleton")).toBeTruthy();
    expect(screen.getAllByText("Loading").length).toBeGreaterThan(0);
  });

  it.each([500, 0])("says that nothing comes, with a way to try again (%i)", async (status) => {
    server.answerWith(status);
    open(hash);
    expect((await screen.findAllByTestId("keyledger-error")).length).toBeGreaterThan(0);
    expect(screen.getAllByRole("button", { name: "Try again" }).length).toBeGreaterThan(0);
    await waitFor(() => expect(document.querySelector(".pf-v5-c-skeleton")).toBeNull());
  });

  it("is friendly where it is forbidden", async () => {
    server.answerWith(403);
    open(hash);
    expect((await screen.findAllByTestId("keyledger-forbidden")).length).toBeGreaterThan(0);
    expect(screen.queryByTestId("keyledger-error")).toBeNull();
  });
});

describe.each([
  ["the list", CONNECTIONS],
  ["the overview", OKTA],
  ["the tokens", `${OKTA}/tokens`],
  ["the settings", `${OKTA}/policies`],
  ["the attributes", `${OKTA}/mapping`],
  ["the activity", `${OKTA}/activity`],
])("%s of the connections", (_what, hash) => {
  withServer();

  it("says that something comes for as long as it does not", () => {
    silence();
    openScim(hash);
    expect(document.querySelector(".pf-v5-c-skeleton")).toBeTruthy();
    expect(screen.getAllByText("Loading").length).toBeGreaterThan(0);
  });

  it.each([500, 0])("says that nothing comes, with a way to try again (%i)", async (status) => {
    connectOkta();
    scimServer.fault = { when: /./, status };
    openScim(hash);
    expect(await screen.findByTestId("keyledger-error")).toBeTruthy();
    expect(screen.getByRole("heading", { level: 1 })).toBeTruthy();
    expect(screen.getByRole("button", { name: "Try again" })).toBeTruthy();
  });

  it("is friendly where it is forbidden", async () => {
    scimServer.fault = { when: /./, status: 403 };
    openScim(hash);
    expect(await screen.findByTestId("keyledger-forbidden")).toBeTruthy();
    expect(screen.getByRole("heading", { level: 1 })).toBeTruthy();
  });
});
