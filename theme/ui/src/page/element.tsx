import { createRoot, type Root } from "react-dom/client";
import type { PageContext } from "../context";
import { AuditLogPage } from "../pages/AuditLogPage";
import "./page.css";
import { stylesBehindTheConsoles } from "./styles";

/** Resolves when the page's styles stand where they cannot change the look of the stock pages. */
export const ready = stylesBehindTheConsoles(import.meta.url);

/**
 * `<keyledger-audit-log>`: the page as a custom element. It draws once its `context` is set, and draws anew when it is
 * set again, as for another realm. It lives in the light DOM, because PatternFly's styles are the document's.
 */
class AuditLogElement extends HTMLElement {
  #root: Root | undefined;
  #context: PageContext | undefined;

  set context(context: PageContext) {
    this.#context = context;
    this.#draw();
  }

  connectedCallback(): void {
    this.#root = createRoot(this);
    this.#draw();
  }

  disconnectedCallback(): void {
    this.#root?.unmount();
    this.#root = undefined;
  }

  #draw(): void {
    if (this.#root && this.#context) {
      this.#root.render(<AuditLogPage key={this.#context.realm} context={this.#context} />);
    }
  }
}

if (!customElements.get("keyledger-audit-log")) {
  customElements.define("keyledger-audit-log", AuditLogElement);
}
