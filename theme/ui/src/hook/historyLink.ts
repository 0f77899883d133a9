import { setHref, setText } from "./navItem";
import { historyHref, type Subject } from "./route";

const ID = "keyledger-history-link";

/**
 * Makes the head of a stock page have a link to the history of what the page is about, or not have it where `subject`
 * or `label` is `undefined`. It stands before the page's own actions, as the first child of a list that React only
 * ever adds to at the end, so that the console's redrawing never meets it.
 */
export function showHistoryLink(
  app: HTMLElement,
  realm: string,
  subject: Subject | undefined,
  label: string | undefined,
): void {
  const present = document.getElementById(ID);
  const place = subject && label ? actionsOf(app) : undefined;
  if (!subject || !label || !place) {
    present?.parentElement?.remove();
    return;
  }
  let link = present;
  if (link?.parentElement?.parentElement !== place) {
    link?.parentElement?.remove();
    link = prepend(place);
  }
  setText(link, label);
  setHref(link, historyHref(realm, subject));
}

function actionsOf(app: HTMLElement): Element | undefined {
  const section = app.querySelector("[data-testid=view-header]")?.closest("section");
  return section?.querySelector("[class*='-c-toolbar__content-section']") ?? undefined;
}

function prepend(place: Element): HTMLElement {
  const link = document.createElement("a");
  link.id = ID;
  link.dataset.testid = ID;
  link.className = "pf-v5-c-button pf-m-link";
  const item = document.createElement("span");
  item.className = "pf-v5-c-toolbar__item";
  item.append(link);
  place.prepend(item);
  return link;
}
