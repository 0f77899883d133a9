import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

// what is looked for may take its time on a busy machine
configure({ asyncUtilTimeout: 15_000 });

/** jsdom lays nothing out: every element is this wide. */
const WIDTH = 1000;

class NeverResized implements ResizeObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}

globalThis.ResizeObserver ??= NeverResized;
Object.defineProperty(HTMLElement.prototype, "clientWidth", { configurable: true, get: () => WIDTH });

afterEach(() => {
  cleanup();
  localStorage.clear();
});
