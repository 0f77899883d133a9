import type { ReactElement } from "react";
import { createRoot, type Root } from "react-dom/client";
import type { PageContext } from "../context";

/**
 * Defines a page as a custom element. It draws once its `context` is set, and draws anew when it is set again, as for
 * another realm. It lives in the light DOM, because PatternFly's styles are the document's.
 */
export function definePage(name: string, draw: (context: PageContext) => ReactElement): void {
  if (customElements.get(name)) {
    return;
  }
  customElements.define(
    name,
    class extends HTMLElement {
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
          this.#root.render(draw(this.#context));
        }
      }
    },
  );
}
