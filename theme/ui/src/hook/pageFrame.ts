import type { PageContext } from "../context";
import type { Page } from "./pages";

const HOST_ID = "keyledger-main";
const ACTIVE = "data-keyledger-page";

type PageElement = HTMLElement & { context?: PageContext };

/** A page in a realm: what the frame shows. */
interface Shown {
  readonly page: Page;
  readonly realm: string;
}

/**
 * The `<main>` of our pages beside the stock one. The stock router knows no such route and writes its bare "not found"
 * into its own `<main>`, which is hidden for as long as ours is shown and is otherwise left alone.
 */
export class PageFrame {
  private readonly app: HTMLElement;
  private host: HTMLElement | undefined;
  private shown: Shown | undefined;
  private failed = false;

  constructor(app: HTMLElement) {
    this.app = app;
    const style = document.createElement("style");
    style.textContent = `html[${ACTIVE}] #app main:not(#${HOST_ID}){display:none!important}`;
    document.head.append(style);
  }

  /** Whether a change of the document happened inside our own page. */
  contains(node: Node): boolean {
    return this.host?.contains(node) ?? false;
  }

  hide(): void {
    document.documentElement.removeAttribute(ACTIVE);
    this.host?.remove();
    this.host = undefined;
    this.shown = undefined;
    this.failed = false;
  }

  /** Shows the page for `realm`; `context` is asked for only when that page of this realm is not there yet. */
  show(page: Page, realm: string, context: () => Promise<PageContext>): void {
    const stock = this.app.querySelector<HTMLElement>(`main:not(#${HOST_ID})`);
    if (!stock?.parentElement) {
      return; // the console has not drawn its frame yet; it will, and we are called again
    }
    const isShown = this.shown?.page === page && this.shown.realm === realm;
    if (this.failed && isShown) {
      return; // until the admin comes back to the page, not at every redraw
    }
    document.documentElement.setAttribute(ACTIVE, "");
    this.host ??= hostLike(stock);
    if (this.host.parentElement !== stock.parentElement) {
      stock.after(this.host);
    }
    if (!isShown) {
      if (this.shown?.page !== page) {
        this.host.replaceChildren(); // the page before would read an address that is not its own
      }
      this.shown = { page, realm };
      this.failed = false;
      void this.fill(this.host, this.shown, context);
    }
  }

  private async fill(host: HTMLElement, shown: Shown, context: () => Promise<PageContext>): Promise<void> {
    try {
      const [given, { ready }] = await Promise.all([context(), shown.page.load()]);
      await ready;
      if (this.host !== host || this.shown !== shown) {
        return; // the admin has gone on meanwhile
      }
      const page: PageElement = document.createElement(shown.page.element);
      page.context = given;
      host.replaceChildren(page);
    } catch (problem) {
      if (this.shown === shown) {
        // the stock page shows again, with what it says of a route that it does not know
        this.failed = true;
        document.documentElement.removeAttribute(ACTIVE);
      }
      reportError(problem);
    }
  }
}

function hostLike(stock: HTMLElement): HTMLElement {
  const host = document.createElement("main");
  host.id = HOST_ID;
  host.className = stock.className;
  host.tabIndex = -1;
  return host;
}
