import { describe, expect, it } from "vitest";
import { languageOf } from "../i18n";
import { CAUSES, causeOf, parseRefusal } from "./explain";

describe("a refusal", () => {
  it.each([
    ['409 uniqueness: userName "a: b" is taken', 409, "uniqueness", 'userName "a: b" is taken', "uniqueness"],
    ["404: no user", 404, undefined, "no user", "404"],
    ["403", 403, undefined, "", "403"],
    ["418 shortAndStout: tea", 418, "shortAndStout", "tea", "other"],
    ["400 newKeyword: x", 400, "newKeyword", "x", "400"],
    ["invalid_client", undefined, undefined, "invalid_client", "401"],
    ["invalid_request", undefined, undefined, "invalid_request", "other"],
  ])("is read from %s", (text, status, scimType, detail, cause) => {
    const refused = parseRefusal(text);
    expect(refused).toEqual({ status, scimType, detail });
    expect(causeOf(refused)).toBe(cause);
  });

  it.each([...CAUSES, "other"])("for %s has an explanation and a hint", (cause) => {
    const { tOr } = languageOf({ locale: "en", messages: {} });
    expect(tOr(`scim.explain.${cause}`, "")).not.toBe("");
    expect(tOr(`scim.explain.${cause}.hint`, "")).not.toBe("");
  });
});
