import { PAGES, type Page } from "./pages";

/** Where the console stands: in which realm, and on which page of ours if on one. */
export interface Route {
  readonly realm: string;
  readonly page: Page | undefined;
}

/** Something that has a history in the audit log, as its stock page's address names it. */
export interface Subject {
  readonly type: "USER" | "GROUP" | "CLIENT" | "ROLE";
  readonly id: string;
}

/** Reads a hash such as `#/acme/audit-log/0190a1b2?kind=scim`; without a realm in it the login realm is meant. */
export function parseRoute(hash: string, loginRealm: string): Route {
  const [realm, path] = parts(hash);
  return { realm: realm || loginRealm, page: PAGES.find((page) => page.path === path) };
}

/** The link to a page of one realm. */
export function pageHref(page: Page, realm: string): string {
  return `#/${encodeURIComponent(realm)}/${page.path}`;
}

/** What the stock page of this hash is about, if it is the page of one user, group, client or role. */
export function parseSubject(hash: string): Subject | undefined {
  const [, section, ...rest] = parts(hash);
  switch (section) {
    case "users":
      return subject("USER", rest.length === 2 ? rest[0] : undefined);
    case "roles":
      return subject("ROLE", rest.length === 2 ? rest[0] : undefined);
    case "groups":
      return subject("GROUP", rest.at(-1));
    case "organizations":
      return subject("GROUP", rest[1] === "groups" && rest.length > 2 ? rest.at(-1) : undefined);
    case "clients":
      return clientOrRole(rest);
    default:
      return undefined;
  }
}

/** The link to that subject's history. */
export function historyHref(realm: string, { type, id }: Subject): string {
  return `#/${encodeURIComponent(realm)}/audit-log/history/${type}/${encodeURIComponent(id)}`;
}

// pages of the section that are about no one client
const NO_CLIENT = ["client-registration", "initialAccessToken"];

function clientOrRole([id, tab, role, ...more]: readonly string[]): Subject | undefined {
  if (!id || NO_CLIENT.includes(id) || !tab) {
    return undefined;
  }
  if (tab === "roles" && role && more.length === 1) {
    return subject("ROLE", role);
  }
  const isOwnPage = role === undefined || (["clientScopes", "authorization", "ssf"].includes(tab) && more.length === 0);
  return subject("CLIENT", isOwnPage && role !== "dedicated" ? id : undefined);
}

function subject(type: Subject["type"], id: string | undefined): Subject | undefined {
  return id && id !== "search" ? { type, id } : undefined;
}

function parts(hash: string): string[] {
  return hash.replace(/\?.*$/s, "").replace(/\/+$/, "").split("/").slice(1).map(decode);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a hash typed by hand may hold a lone %
  }
}
