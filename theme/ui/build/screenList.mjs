const LIST = "#/acme/audit-log";
const ROWS = "[data-testid=keyledger-entries] tbody a";
const BARS = ".keyledger-bars svg path";

/** Every screen, how to come to it, and what says that it is there. `click` presses, all else is waited for. */
export const SCREENS = [
  { name: "list", hash: LIST, steps: [ROWS, BARS] },
  { name: "list-filtered", hash: `${LIST}?kind=scim&user=alice&client=okta&range=7d`, steps: [ROWS, BARS] },
  { name: "list-custom-time", hash: `${LIST}?from=2026-11-20T00:00:00Z`, steps: [ROWS, BARS] },
  { name: "list-live", hash: `${LIST}?live=on`, steps: [ROWS, BARS] },
  { name: "list-empty", hash: `${LIST}?user=nobody`, steps: ["[data-testid=keyledger-empty]"] },
  {
    name: "list-columns",
    hash: LIST,
    steps: [ROWS, { click: "[aria-label='Columns and density'], [aria-label='Spalten und Dichte']" }, "[role=menu]"],
  },
  { name: "entry", hash: LIST, steps: [ROWS, { click: ROWS }, "[data-testid=keyledger-entry] dl"] },
  {
    name: "entry-verified",
    hash: LIST,
    height: 1400,
    steps: [
      "[data-testid=keyledger-entries] tbody tr:nth-child(5) a",
      { click: "[data-testid=keyledger-entries] tbody tr:nth-child(5) a" },
      "[data-testid=keyledger-entry] dl",
      { click: "[data-testid=keyledger-verification] button" },
      "[data-testid=keyledger-steps]",
    ],
  },
  {
    name: "history",
    hash: `${LIST}/history/USER/id-of-alice`,
    height: 1200,
    steps: ["[data-testid=keyledger-history] li"],
  },
  {
    name: "history-states",
    hash: `${LIST}/history/USER/id-of-alice?at=2026-11-20T00:00:00Z&than=2026-12-01T00:00:00Z`,
    steps: ["[data-testid=keyledger-state]"],
  },
  { name: "integrity", hash: `${LIST}/integrity`, height: 1300, steps: ["[data-testid=keyledger-integrity]"] },
  {
    name: "export",
    hash: `${LIST}/export?kind=scim&range=7d`,
    steps: [{ click: "form [type=submit]" }, "[data-testid=keyledger-export-done]"],
  },
  {
    name: "export-bundle",
    hash: `${LIST}/export?kind=scim&range=7d`,
    steps: [{ click: "#keyledger-format-bundle" }, ".pf-v5-c-alert"],
  },
  {
    name: "entry-erased",
    hash: LIST,
    height: 1200,
    steps: [
      "[data-testid=keyledger-entries] tbody tr:nth-child(3) a",
      { click: "[data-testid=keyledger-entries] tbody tr:nth-child(3) a" },
      "[data-testid=keyledger-entry] dl",
      { click: "[data-testid=keyledger-verification] button" },
      "[data-testid=keyledger-steps]",
    ],
  },
  { name: "list-end", hash: `${LIST}?page=385`, height: 1900, steps: [ROWS, "[data-testid=keyledger-pruned-note]"] },
  {
    name: "privacy",
    hash: `${LIST}/privacy`,
    height: 1700,
    steps: [
      "[data-testid=keyledger-archives]",
      "[data-testid=keyledger-holds]",
      { click: "[data-testid=keyledger-privacy] input" },
    ],
  },
];
