import type { Page } from "./pages";
import { pageHref, type Route } from "./route";

/**
 * Makes the navigation have the page's item with this label, or not have it where the label is `undefined`. Safe to
 * call at any time and as often as one likes: the console redraws its navigation when it pleases.
 */
export function showNavItem(app: HTMLElement, page: Page, route: Route, label: string | undefined): void {
  const present = document.getElementById(page.navId);
  const list = label === undefined ? undefined : navigationList(app, page);
  if (label === undefined || !list) {
    present?.closest("li")?.remove();
    return;
  }
  let link = present;
  if (link?.closest("ul") !== list) {
    link?.closest("li")?.remove();
    link = append(list, page);
  }
  update(link, page, route, label);
}

function navigationList(app: HTMLElement, page: Page): HTMLElement | undefined {
  const neighbour = document.getElementById(page.navAfter)?.closest("ul");
  // an admin who may not see that neighbour still has a list to hang ours on
  const lists = app.querySelectorAll<HTMLElement>("nav[class*='-c-nav'] ul");
  return neighbour ?? Array.from(lists).at(-1);
}

function append(list: HTMLElement, page: Page): HTMLElement {
  // the class names of a sibling are those of this console's PatternFly, whichever it is
  const sibling = list.querySelector("a");
  const link = document.createElement("a");
  link.id = page.navId;
  link.dataset.testid = page.navId;
  link.className = (sibling?.className ?? "pf-v5-c-nav__link").replace(/\s*pf-m-current/, "");
  const item = document.createElement("li");
  item.className = sibling?.closest("li")?.className ?? "pf-v5-c-nav__item";
  item.append(link);
  const neighbour = document.getElementById(page.navAfter)?.closest("li");
  if (neighbour?.parentElement === list) {
    neighbour.after(item);
  } else {
    list.append(item);
  }
  return link;
}

function update(link: HTMLElement, page: Page, route: Route, label: string): void {
  const isCurrent = route.page === page;
  setText(link, label);
  setHref(link, pageHref(page, route.realm));
  link.classList.toggle("pf-m-current", isCurrent);
  if (isCurrent) {
    link.setAttribute("aria-current", "page");
  } else {
    link.removeAttribute("aria-current");
  }
}

/** Writes only what differs: every write is a change of the document, which calls us again. */
export function setHref(link: HTMLElement, href: string): void {
  if (link.getAttribute("href") !== href) {
    link.setAttribute("href", href);
  }
}

/** The same for its text. */
export function setText(link: HTMLElement, text: string): void {
  if (link.textContent !== text) {
    link.textContent = text;
  }
}
