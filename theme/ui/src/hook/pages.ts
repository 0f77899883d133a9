import type { ConsoleView } from "./consoleView";

/** One page of ours in the console: its route, its item in the navigation, and the chunk that draws it. */
export interface Page {
  /** The part of the route after the realm; the page itself reads what follows it. No route of the console has it. */
  readonly path: string;
  /** The custom element that the chunk defines. */
  readonly element: string;
  readonly load: () => Promise<{ readonly ready: Promise<unknown> }>;
  readonly navId: string;
  /** The id of the console's own item after which ours stands. */
  readonly navAfter: string;
  /** The key of the item's text. */
  readonly label: string;
  readonly isFor: (view: ConsoleView) => boolean;
}

export const AUDIT_LOG: Page = {
  path: "audit-log",
  element: "keyledger-audit-log",
  load: () => import("../page/element"),
  navId: "nav-item-keyledger-audit-log",
  navAfter: "nav-item-events",
  label: "keyledger.nav",
  isFor: (view) => view.viewAuditLog,
};

export const SCIM: Page = {
  path: "provisioning",
  element: "keyledger-scim",
  load: () => import("../scim/element"),
  navId: "nav-item-keyledger-scim",
  navAfter: "nav-item-user-federation",
  label: "keyledger.scim.nav",
  isFor: (view) => view.viewConnections,
};

/** Every page, in the order in which their items are added. */
export const PAGES: readonly Page[] = [AUDIT_LOG, SCIM];
