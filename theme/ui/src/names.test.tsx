import { readFileSync } from "node:fs";
import { join } from "node:path";
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { LIST, open, withLog } from "../test/auditLogPages";
import { ENTRIES } from "../test/entries";
import { LIST as CONNECTIONS, connectOkta, OKTA, open as openScim, withServer } from "../test/scimPages";
import { parseProperties } from "./properties";

// PatternFly's charts draw what jsdom cannot lay out
vi.mock("./timeline/TimelineChart", () => ({ default: () => null }));

const MESSAGES = join(import.meta.dirname, "../../src/main/resources/theme/keyledger/admin/messages");
const english = parseProperties(readFileSync(join(MESSAGES, "messages_en.properties"), "utf8"));

/** A language in which every text of ours is marked, so that what is not marked was written by somebody else. */
const messages = Object.fromEntries(Object.entries(english).map(([key, text]) => [key, `⟦${text}⟧`]));
const ATTRIBUTES = ["aria-label", "title", "placeholder", "alt", "aria-valuetext", "aria-roledescription"];

/** What assistive technology reads out and no message of ours says. */
function foreign(): readonly string[] {
  const named = ATTRIBUTES.flatMap((name) =>
    Array.from(document.body.querySelectorAll(`[${name}]`), (element) => `${name}: ${element.getAttribute(name)}`),
  );
  const hidden = Array.from(
    document.body.querySelectorAll(".pf-v5-u-screen-reader, .pf-v5-screen-reader"),
    (element) => `hidden: ${element.textContent}`,
  );
  const buttons = Array.from(document.body.querySelectorAll("button"), (element) => `button: ${element.textContent}`);
  // a time is written by the browser, in its language, and people are called as they are
  return [...new Set([...named, ...hidden, ...buttons])].filter(
    (text) => /: .*\p{L}/u.test(text) && !/⟦|\d{4} at |^button: (alice|bob)$/.test(text),
  );
}

const settled = () => waitFor(() => expect(document.querySelector(".pf-v5-c-skeleton")).toBeNull());
const pick = (name: RegExp) => async () => userEvent.click(await screen.findByRole("menuitem", { name }));
const press = (name: RegExp) => async () => {
  const [button] = await screen.findAllByRole("button", { name });
  await userEvent.click(button as HTMLElement);
};

describe("the names of what the pages of the log show", () => {
  withLog();

  const person = async () => {
    await userEvent.type(await screen.findByRole("textbox", { name: /Person/ }), "alice{Enter}");
    await screen.findByTestId("keyledger-subject");
  };

  const shorten = async () => {
    const field = await screen.findByRole("spinbutton", { name: /Administration/ });
    await userEvent.clear(field);
    await userEvent.type(field, "1");
    await press(/Save/)();
    await screen.findByRole("dialog");
  };

  it.each<[string, string, (() => Promise<unknown>)?]>([
    ["the list", LIST],
    ["chosen filters", `${LIST}?kind=scim&operation=UPDATE&outcome=success&user=alice&client=okta`],
    ["many filters", `${LIST}?operation=UPDATE&operation=CREATE&operation=DELETE&operation=LOGIN&operation=LOGOUT`],
    ["a time", `${LIST}?from=2026-11-24T08:00:00Z`],
    ["the kinds", LIST, press(/^⟦Kind/)],
    ["the columns", LIST, press(/Columns/)],
    ["the saved filters", `${LIST}?kind=scim`, press(/Saved/)],
    ["no match", `${LIST}?user=nobody`],
    ["an entry", `${LIST}/${ENTRIES[4]?.id}`],
    ["a verified entry", `${LIST}/${ENTRIES[4]?.id}`, press(/Verify/)],
    ["a history", `${LIST}/history/USER/id-of-alice?at=2026-11-24T09:10:00Z&than=2026-11-25T09:10:00Z`],
    ["the integrity", `${LIST}/integrity`],
    ["an export", `${LIST}/export`, press(/Export/)],
    ["the privacy", `${LIST}/privacy`],
    ["a person", `${LIST}/privacy`, person],
    ["an erasure", `${LIST}/privacy`, () => person().then(press(/Erase/))],
    ["a shorter period", `${LIST}/privacy`, shorten],
    ["a name for filters", `${LIST}?kind=scim`, () => press(/Saved/)().then(pick(/Save/))],
    ["a hold", `${LIST}/privacy`, () => person().then(press(/hold/))],
  ])("are all ours: %s", async (_what, hash, step) => {
    open(hash, { messages });
    await settled();
    await step?.();
    await settled();
    expect(foreign()).toEqual([]);
  });
});

describe("the names of what the pages of the connections show", () => {
  withServer();
  beforeEach(connectOkta);

  it.each<[string, string, (() => Promise<unknown>)?]>([
    ["the list", CONNECTIONS],
    ["the choice of the other side", `${CONNECTIONS}/connect`],
    ["the rules of a new connection", `${CONNECTIONS}/connect/generic`],
    ["the overview", OKTA],
    ["the tokens", `${OKTA}/tokens`],
    ["a new token", `${OKTA}/tokens`, press(/New token|Create/)],
    ["a token's successor", `${OKTA}/tokens`, press(/Replace|Rotate/)],
    ["the end of a token", `${OKTA}/tokens`, press(/Revoke/)],
    ["the end of a connection", OKTA, press(/Delete|Remove/)],
    ["the settings", `${OKTA}/policies`],
    ["the attributes", `${OKTA}/mapping`],
    ["the activity", `${OKTA}/activity`],
  ])("are all ours: %s", async (_what, hash, step) => {
    openScim(hash, { messages });
    await settled();
    await step?.();
    await settled();
    expect(foreign()).toEqual([]);
  });
});
