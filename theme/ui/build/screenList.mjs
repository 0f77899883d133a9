const LIST = "#/acme/audit-log";
const SCIM = "#/acme/provisioning";
const OKTA = `${SCIM}/connections/okta`;
const ROWS = "[data-testid=keyledger-entries] tbody a";
const BARS = ".keyledger-bars svg path";

/** How to come to a dialog: who is looked for is found. */
const PERSON = [{ type: "alice\n", into: "[data-testid=keyledger-privacy] input" }, "[data-testid=keyledger-subject]"];

/** Every screen, how to come to it, and what says that it is there. `click` presses, `type` types, all else is waited for. */
const USED = [
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
  { name: "privacy-person", hash: `${LIST}/privacy`, height: 1100, steps: PERSON },
  {
    name: "privacy-erase",
    hash: `${LIST}/privacy`,
    steps: [...PERSON, { click: "[data-testid=keyledger-subject] .pf-m-danger" }, "[role=dialog]"],
  },
  {
    name: "privacy-hold",
    hash: `${LIST}/privacy`,
    steps: [...PERSON, { click: "[data-testid=keyledger-subject] .pf-m-secondary" }, "[role=dialog]"],
  },
  {
    name: "privacy-shorten",
    hash: `${LIST}/privacy`,
    steps: [
      { type: "\ue0031", into: "[aria-label*=Administration][type=number], [aria-label*=Verwaltung][type=number]" },
      { click: "[data-testid=keyledger-save-periods]" },
      "[role=dialog]",
    ],
  },
  {
    name: "list-save-filters",
    hash: `${LIST}?kind=scim`,
    steps: [
      ROWS,
      { click: "[aria-label='Saved filters'], [aria-label='Gespeicherte Filter']" },
      { click: ".pf-v5-c-menu .pf-v5-c-divider ~ ul button" },
      "[role=dialog]",
    ],
  },
  { name: "privacy-under-way", hash: "#/busy/audit-log/privacy", steps: ["[data-testid=keyledger-under-way]"] },
  {
    name: "privacy-refused",
    hash: "#/busy/audit-log/privacy",
    height: 1100,
    steps: [
      ...PERSON,
      { click: "[data-testid=keyledger-subject] .pf-m-danger" },
      { type: "ticket 4712", into: "[role=dialog] textarea" },
      { type: "alice", into: "[role=dialog] .pf-v5-c-form__group:last-of-type input" },
      { click: "[role=dialog] .pf-m-danger" },
      "[role=dialog] .pf-v5-c-alert",
      "[role=dialog] [data-testid=keyledger-under-way]",
    ],
  },
  {
    name: "export-running",
    hash: "#/busy/audit-log/export?kind=scim",
    height: 1000,
    steps: [
      { click: "#keyledger-format-found" },
      { click: "form [type=submit]" },
      "[data-testid=keyledger-export-running]",
    ],
  },
  { name: "scim-list", hash: SCIM, steps: ["[data-testid=keyledger-connections] tbody a"] },
  { name: "scim-connect", hash: `${SCIM}/connect`, steps: ["[data-testid=keyledger-kinds]"] },
  { name: "scim-connect-okta", hash: `${SCIM}/connect/okta`, height: 1500, steps: ["[data-testid=keyledger-create]"] },
  {
    name: "scim-connect-paste",
    hash: `${SCIM}/connect/entra`,
    height: 1300,
    steps: [
      { type: "-{mode}", into: "#keyledger-name" },
      { click: "[data-testid=keyledger-create]" },
      "[data-testid=keyledger-first-request]",
    ],
  },
  { name: "scim-overview", hash: OKTA, height: 1200, steps: ["keyledger-scim [role=tabpanel] h2"] },
  { name: "scim-tokens", hash: `${OKTA}/tokens`, steps: ["keyledger-scim table tbody td"] },
  {
    name: "scim-token",
    hash: `${OKTA}/tokens`,
    steps: [
      "keyledger-scim table tbody td",
      { click: "keyledger-scim [role=tabpanel] .pf-m-secondary" },
      "[role=dialog]",
    ],
  },
  ...["rotate", "revoke"].map((what, at) => ({
    name: `scim-${what}`,
    hash: `${OKTA}/tokens`,
    steps: [
      "keyledger-scim table tbody td",
      { click: `[data-testid=keyledger-tokens] tbody .pf-v5-c-table__action button:nth-of-type(${at + 1})` },
      "[role=dialog]",
    ],
  })),
  {
    name: "scim-delete",
    hash: OKTA,
    steps: ["[data-testid=keyledger-delete]", { click: "[data-testid=keyledger-delete]" }, "[role=dialog]"],
  },
  {
    name: "scim-reset",
    hash: `${SCIM}/connections/default`,
    steps: ["[data-testid=keyledger-delete]", { click: "[data-testid=keyledger-delete]" }, "[role=dialog]"],
  },
  { name: "scim-policies", hash: `${OKTA}/policies`, height: 2000, steps: ["keyledger-scim [role=tabpanel] form"] },
  { name: "scim-mapping", hash: `${OKTA}/mapping`, height: 1600, steps: ["keyledger-scim table tbody td"] },
  { name: "scim-activity", hash: `${OKTA}/activity`, height: 1400, steps: ["keyledger-scim table tbody td"] },
  { name: "scim-missing", hash: `${SCIM}/connections/gone`, steps: ["keyledger-scim [class*=empty-state]"] },
];

const PLACES = {
  list: "audit-log",
  entry: "audit-log/1",
  history: "audit-log/history/USER/id-of-alice?at=2026-11-20T00:00:00Z",
  integrity: "audit-log/integrity",
  export: "audit-log/export",
  privacy: "audit-log/privacy",
  scim: "provisioning",
  "scim-overview": "provisioning/connections/okta",
  "scim-tokens": "provisioning/connections/okta/tokens",
  "scim-mapping": "provisioning/connections/okta/mapping",
  "scim-activity": "provisioning/connections/okta/activity",
};

/** What each place is like where nothing is, where nothing comes, and where everything is too long. */
const STATES = ["empty", "failing", "forbidden", "slow", "long"].flatMap((realm) =>
  Object.entries(PLACES).map(([place, path]) => ({
    name: `${realm}-${place}`,
    hash: `#/${realm}/${path}`,
    height: realm === "long" ? 1800 : 900,
    steps: ["keyledger-audit-log h1, keyledger-scim h1"],
    modes: ["wide", "small-dark-de"],
  })),
);

export const SCREENS = [...USED, ...STATES];
