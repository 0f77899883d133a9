import { render, screen } from "@testing-library/react";
import { useRef } from "react";
import { expect, it, vi } from "vitest";
import { useCurrentInView } from "./useCurrentInView";

const Row = ({ current }: { readonly current: string }) => {
  const place = useRef<HTMLDivElement>(null);
  useCurrentInView(place, current);
  return (
    <div ref={place}>
      <ul>
        {["first", "second"].map((name) => (
          <li key={name} className={name === current ? "pf-m-current" : ""}>
            {name}
          </li>
        ))}
      </ul>
    </div>
  );
};

it.each([
  ["the end", "second", 150, 90],
  ["the beginning", "first", -30, -30],
  ["neither", "first", 20, 0],
])("a row is moved when its current one is beyond %s of its place", (_where, current, left, moved) => {
  let resized = () => {};
  class Observer {
    constructor(listener: () => void) {
      resized = listener;
    }
    observe() {}
    disconnect() {}
  }
  vi.stubGlobal("ResizeObserver", Observer);
  render(<Row current={current} />);
  const row = screen.getByRole("list");
  vi.spyOn(row, "getBoundingClientRect").mockReturnValue(new DOMRect(0, 0, 100, 20));
  vi.spyOn(screen.getByText(current), "getBoundingClientRect").mockReturnValue(new DOMRect(left, 0, 40, 20));
  resized();
  expect(row.scrollLeft).toBe(moved);
  vi.unstubAllGlobals();
});
