import { KINDS, type Kind } from "./api/types";

/** The tabs of a connection, from left to right. */
export const TABS = ["overview", "tokens", "policies", "mapping", "activity"] as const;
export type Tab = (typeof TABS)[number];

/** One place of the pages below `#/{realm}/provisioning`. */
export type ScimPlace =
  | { readonly view: "list" }
  | { readonly view: "connect"; readonly kind?: Kind }
  | { readonly view: "connection"; readonly name: string; readonly tab: Tab };

export function parsePlace(hash: string): ScimPlace {
  const [, , , section, name, tab] = hash.replace(/\?.*$/s, "").split("/").map(decode);
  if (section === "connect") {
    const kind = KINDS.find((known) => known === name);
    return kind ? { view: "connect", kind } : { view: "connect" };
  }
  if (section === "connections" && name) {
    return { view: "connection", name, tab: TABS.find((known) => known === tab) ?? "overview" };
  }
  return { view: "list" };
}

export function formatPlace(realm: string, place: ScimPlace): string {
  return ["#", realm, "provisioning", ...pathOf(place)]
    .map((part, at) => (at === 0 ? part : encodeURIComponent(part)))
    .join("/");
}

function pathOf(place: ScimPlace): readonly string[] {
  switch (place.view) {
    case "list":
      return [];
    case "connect":
      return place.kind ? ["connect", place.kind] : ["connect"];
    case "connection":
      return ["connections", place.name, ...(place.tab === "overview" ? [] : [place.tab])];
  }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // a hash typed by hand may hold a lone %
  }
}
