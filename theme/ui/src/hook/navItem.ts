import { auditLogHref, type Route } from "./route";

const ID = "nav-item-keyledger-audit-log";

/**
 * Makes the navigation have our item with this label after Events, or not have it where the label is `undefined`. Safe
 * to call at any time and as often as one likes: the console redraws its navigation when it pleases.
 */
export function showNavItem(app: HTMLElement, route: Route, label: string | undefined): void {
  const present = document.getElementById(ID);
  const list = label === undefined ? undefined : navigationList(app);
  if (label === undefined || !list) {
    present?.closest("li")?.remove();
    return;
  }
  let link = present;
  if (link?.closest("ul") !== list) {
    link?.closest("li")?.remove();
    link = append(list);
  }
  update(link, route, label);
}

function navigationList(app: HTMLElement): HTMLElement | undefined {
  const events = document.getElementById("nav-item-events")?.closest("ul");
  // an admin who may not see the item Events still has a list to hang ours on
  const lists = app.querySelectorAll<HTMLElement>("nav[class*='-c-nav'] ul");
  return events ?? Array.from(lists).at(-1);
}

function append(list: HTMLElement): HTMLElement {
  // the class names of a sibling are those of this console's PatternFly, whichever it is
  const sibling = list.querySelector("a");
  const link = document.createElement("a");
  link.id = ID;
  link.dataset.testid = ID;
  link.className = (sibling?.className ?? "pf-v5-c-nav__link").replace(/\s*pf-m-current/, "");
  const item = document.createElement("li");
  item.className = sibling?.closest("li")?.className ?? "pf-v5-c-nav__item";
  item.append(link);
  const events = document.getElementById("nav-item-events")?.closest("li");
  if (events?.parentElement === list) {
    events.after(item);
  } else {
    list.append(item);
  }
  return link;
}

function update(link: HTMLElement, route: Route, label: string): void {
  const href = auditLogHref(route.realm);
  if (link.getAttribute("href") !== href) {
    link.setAttribute("href", href);
  }
  if (link.textContent !== label) {
    link.textContent = label;
  }
  link.classList.toggle("pf-m-current", route.onAuditLog);
  if (route.onAuditLog) {
    link.setAttribute("aria-current", "page");
  } else {
    link.removeAttribute("aria-current");
  }
}
