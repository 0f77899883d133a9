import { expect, it } from "vitest";
import { languageOf } from "../i18n";
import { KINDS } from "./api/types";
import { TABS } from "./location";

it("every kind and every tab has its texts", () => {
  const { tOr } = languageOf({ locale: "en", messages: {} });
  const keys = [
    ...KINDS.flatMap((kind) => [`scim.kind.${kind}`, `scim.kind.${kind}.hint`, `scim.connect.${kind}`]),
    ...KINDS.flatMap((kind) => [`scim.paste.${kind}.url`, `scim.paste.${kind}.token`, `scim.steps.${kind}.title`]),
    ...TABS.map((tab) => `scim.tab.${tab}`),
  ];
  expect(keys.filter((key) => tOr(key, "") === "")).toEqual([]);
});
