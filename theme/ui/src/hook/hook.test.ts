import { waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { PageContext } from "../context";
import type { ConsoleView } from "./consoleView";
import { startHook } from "./hook";
import { AUDIT_LOG, SCIM } from "./pages";
import { SilentLogin } from "./silentLogin";

vi.mock("../page/element", () => ({ ready: Promise.resolve() }));
vi.mock("../scim/element", () => ({ ready: Promise.resolve() }));

const CONSOLE = `
  <div id="app">
    <nav class="pf-v5-c-nav">
      <ul id="manage">
        <li class="pf-v5-c-nav__item"><a id="nav-item-users" class="pf-v5-c-nav__link" href="#/acme/users">Users</a></li>
        <li class="pf-v5-c-nav__item"><a id="nav-item-events" class="pf-v5-c-nav__link pf-m-current">Events</a></li>
      </ul>
      <ul id="configure">
        <li><a id="nav-item-user-federation">User federation</a></li>
        <li><a id="nav-item-workflows">Workflows</a></li>
      </ul>
    </nav>
    <section>
      <main class="pf-v5-c-page__main">
        <section><h1 data-testid="view-header">stock page</h1>
          <div class="pf-v5-c-toolbar__content-section"><button>Action</button></div>
        </section>
      </main>
    </section>
  </div>
  <script id="environment" type="application/json">
    {"serverBaseUrl":"http://kc","adminBaseUrl":"http://kc","realm":"master","clientId":"security-admin-console","consoleBaseUrl":"/admin/master/console/"}
  </script>`;

const view: ConsoleView = {
  viewAuditLog: true,
  viewConnections: true,
  readConnections: true,
  manageConnections: true,
  findUsers: true,
  findClients: true,
  realmUrl: "http://kc/realms/acme",
  locale: "en",
  messages: {
    "keyledger.nav": "Audit log",
    "keyledger.scim.nav": "SCIM provisioning",
    "keyledger.history.link": "History",
  },
};
const updateToken = vi.fn(() => Promise.resolve(true));
let answer: (url: string) => Promise<Response>;
let asked: { url: string; authorization: string | null }[];

const item = () => document.getElementById("nav-item-keyledger-audit-log");
const scimItem = () => document.getElementById(SCIM.navId);
const historyLink = () => document.getElementById("keyledger-history-link");
const ours = () => document.getElementById("keyledger-main");
const isStockHidden = () => document.documentElement.hasAttribute("data-keyledger-page");
const page = (element = AUDIT_LOG.element) => document.querySelector<HTMLElement & { context: PageContext }>(element);
const settle = () => new Promise((resolve) => setTimeout(resolve, 30));

/** The shape in which React keeps its tree at the root's element. */
function giveConsoleAToken() {
  const provider = { memoizedProps: { value: { keycloak: { token: "console-token", updateToken } } } };
  const app = document.getElementById("app") as HTMLElement;
  Object.assign(app, { __reactContainer$x1: { stateNode: { current: { child: { child: provider } } } } });
}

beforeEach(() => {
  window.location.hash = "#/acme/users";
  document.body.innerHTML = CONSOLE;
  asked = [];
  answer = () => Promise.resolve(Response.json(view));
  vi.stubGlobal("fetch", (url: string, init?: RequestInit) => {
    asked.push({ url, authorization: new Headers(init?.headers).get("authorization") });
    return answer(url);
  });
  vi.stubGlobal("reportError", vi.fn());
});

afterEach(() => {
  // without a navigation the hooks of the tests before do nothing
  document.getElementById("app")?.replaceChildren();
  document.body.replaceChildren();
  document.documentElement.removeAttribute("data-keyledger-page");
});

describe("the navigation item", () => {
  it("stands after Events and looks like its neighbours", async () => {
    giveConsoleAToken();
    startHook();
    await waitFor(() => expect(item()).toBeTruthy());
    expect(item()?.textContent).toBe("Audit log");
    expect(item()?.getAttribute("href")).toBe("#/acme/audit-log");
    expect(item()?.className).toBe("pf-v5-c-nav__link");
    expect(item()?.closest("li")?.previousElementSibling?.textContent).toBe("Events");
  });

  it("comes back when the console draws its navigation anew, and only once", async () => {
    giveConsoleAToken();
    startHook();
    await waitFor(() => expect(item()).toBeTruthy());
    const list = document.getElementById("manage") as HTMLElement;
    list.innerHTML = '<li><a id="nav-item-events" class="pf-v5-c-nav__link">Events</a></li>';
    await waitFor(() => expect(item()).toBeTruthy());
    await settle();
    expect(document.querySelectorAll("#nav-item-keyledger-audit-log")).toHaveLength(1);
  });

  it("stands in the last list for an admin who has no item Events", async () => {
    document.getElementById("nav-item-events")?.closest("li")?.remove();
    giveConsoleAToken();
    startHook();
    await waitFor(() => expect(item()?.closest("ul")?.id).toBe("configure"));
    await settle();
    expect(scimItem()?.closest("li")?.previousElementSibling?.textContent).toBe("User federation");
  });

  it("follows the realm", async () => {
    giveConsoleAToken();
    startHook();
    await waitFor(() => expect(item()).toBeTruthy());
    history.pushState(null, "", "#/other%20realm/users");
    await waitFor(() => expect(item()?.getAttribute("href")).toBe("#/other%20realm/audit-log"));
    expect(asked.map(({ url }) => url)).toContain("http://kc/admin/realms/other%20realm/keyledger-console/me");
  });

  it.each<[string, () => Promise<Response>]>([
    [
      "the admin lacks the right",
      () => Promise.resolve(Response.json({ ...view, viewAuditLog: false, viewConnections: false })),
    ],
    ["the server answers 500", () => Promise.resolve(new Response("<html>", { status: 500 }))],
    ["the server answers 404", () => Promise.resolve(new Response(null, { status: 404 }))],
    ["the server answers nonsense", () => Promise.resolve(new Response("<html>"))],
    ["the server answers something else", () => Promise.resolve(Response.json(["nonsense"]))],
    ["the server is away", () => Promise.reject(new TypeError("network"))],
    ["the server does not answer", () => new Promise(() => undefined)],
  ])("is absent when %s, and the console is as it was", async (_why, reply) => {
    answer = reply;
    giveConsoleAToken();
    const before = document.getElementById("app")?.innerHTML;
    startHook();
    await settle();
    expect(item()).toBeNull();
    expect(document.getElementById("app")?.innerHTML).toBe(before);
    expect(isStockHidden()).toBe(false);
  });
});

describe("the item of the connections", () => {
  it("stands after User federation, for whoever manages the realm", async () => {
    answer = () => Promise.resolve(Response.json({ ...view, viewAuditLog: false }));
    giveConsoleAToken();
    startHook();
    await waitFor(() => expect(scimItem()?.textContent).toBe("SCIM provisioning"));
    expect(scimItem()?.getAttribute("href")).toBe("#/acme/provisioning");
    expect(scimItem()?.closest("li")?.previousElementSibling?.textContent).toBe("User federation");
    expect(item()).toBeNull();
  });

  it("is absent for an auditor", async () => {
    answer = () => Promise.resolve(Response.json({ ...view, viewConnections: false }));
    giveConsoleAToken();
    startHook();
    await waitFor(() => expect(item()).toBeTruthy());
    expect(scimItem()).toBeNull();
  });

  it("goes when the right is taken, without a reload", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    giveConsoleAToken();
    startHook();
    await waitFor(() => expect(scimItem()).toBeTruthy());
    answer = () => Promise.resolve(Response.json({ ...view, viewConnections: false }));
    vi.setSystemTime(Date.now() + 31_000);
    document.dispatchEvent(new Event("visibilitychange"));
    await waitFor(() => expect(scimItem()).toBeNull());
    expect(item()).toBeTruthy();
    vi.useRealTimers();
  });
});

describe("the link to the history", () => {
  it("stands before the actions of a user's page, and follows the user", async () => {
    window.location.hash = "#/acme/users/id-of-alice/settings";
    giveConsoleAToken();
    startHook();
    await waitFor(() => expect(historyLink()?.textContent).toBe("History"));
    expect(historyLink()?.getAttribute("href")).toBe("#/acme/audit-log/history/USER/id-of-alice");
    expect(historyLink()?.parentElement?.nextElementSibling?.textContent).toBe("Action");
    history.pushState(null, "", "#/acme/users/id-of-bob/settings");
    await waitFor(() => expect(historyLink()?.getAttribute("href")).toBe("#/acme/audit-log/history/USER/id-of-bob"));
    history.pushState(null, "", "#/acme/users");
    await waitFor(() => expect(historyLink()).toBeNull());
    expect(document.querySelector("[class*=content-section]")?.innerHTML).toBe("<button>Action</button>");
  });

  it("is only for those who may read the log", async () => {
    window.location.hash = "#/acme/users/id-of-alice/settings";
    answer = () => Promise.resolve(Response.json({ ...view, viewAuditLog: false }));
    giveConsoleAToken();
    startHook();
    await waitFor(() => expect(scimItem()).toBeTruthy());
    expect(historyLink()).toBeNull();
  });
});

describe("the route", () => {
  it("shows our page beside the stock one, with everything that it needs", async () => {
    giveConsoleAToken();
    startHook();
    history.pushState(null, "", "#/acme/audit-log?kind=scim");
    await waitFor(() => expect(page()).toBeTruthy());
    expect(isStockHidden()).toBe(true);
    expect(ours()?.previousElementSibling?.textContent).toContain("stock page");
    expect(page()?.context).toMatchObject({ realm: "acme", adminBaseUrl: "http://kc", locale: "en" });
    expect(await page()?.context.getAccessToken()).toBe("console-token");
    await waitFor(() => expect(item()?.getAttribute("aria-current")).toBe("page"));
  });

  it("gives the stock page back when the admin goes on", async () => {
    giveConsoleAToken();
    startHook();
    history.pushState(null, "", "#/acme/audit-log");
    await waitFor(() => expect(page()).toBeTruthy());
    history.pushState(null, "", "#/acme/users");
    expect(ours()).toBeNull();
    expect(isStockHidden()).toBe(false);
  });

  it("keeps the page while only its filters or its entry change", async () => {
    giveConsoleAToken();
    startHook();
    history.pushState(null, "", "#/acme/audit-log");
    await waitFor(() => expect(page()).toBeTruthy());
    const first = page();
    history.pushState(null, "", "#/acme/audit-log/0190a1b2?kind=scim");
    await settle();
    expect(page()).toBe(first);
  });

  it("changes between our own pages", async () => {
    giveConsoleAToken();
    startHook();
    history.pushState(null, "", "#/acme/audit-log");
    await waitFor(() => expect(page()).toBeTruthy());
    history.pushState(null, "", "#/acme/provisioning/connections/okta");
    await waitFor(() => expect(page(SCIM.element)?.context.realmUrl).toBe("http://kc/realms/acme"));
    expect(page()).toBeNull();
    await waitFor(() => expect(scimItem()?.getAttribute("aria-current")).toBe("page"));
    expect(item()?.hasAttribute("aria-current")).toBe(false);
  });

  it("makes a page of its own for another realm", async () => {
    giveConsoleAToken();
    startHook();
    history.pushState(null, "", "#/acme/audit-log");
    await waitFor(() => expect(page()).toBeTruthy());
    history.pushState(null, "", "#/other/audit-log");
    await waitFor(() => expect(page()?.context.realm).toBe("other"));
  });

  it("shows the page also when the server does not say in which words", async () => {
    answer = () => Promise.resolve(new Response(null, { status: 500 }));
    giveConsoleAToken();
    startHook();
    history.pushState(null, "", "#/acme/audit-log");
    await waitFor(() => expect(page()?.context).toMatchObject({ locale: "en", messages: {} }));
  });

  it("has its page loaded while the console itself begins, and no other's", () => {
    const [load, other] = [vi.spyOn(AUDIT_LOG, "load"), vi.spyOn(SCIM, "load")];
    document.getElementById("app")?.replaceChildren();
    startHook();
    expect(load).not.toHaveBeenCalled();
    window.location.hash = "#/acme/audit-log?kind=scim";
    startHook();
    expect(load).toHaveBeenCalledOnce();
    expect(other).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });

  it("shows its page also when that did not come at first", async () => {
    const load = vi.spyOn(AUDIT_LOG, "load").mockRejectedValueOnce(new TypeError("network"));
    giveConsoleAToken();
    window.location.hash = "#/acme/audit-log";
    startHook();
    await waitFor(() => expect(page()).toBeTruthy());
    expect(load.mock.calls.length).toBeGreaterThan(1);
    expect(reportError).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });

  it("waits until the console has drawn its frame", async () => {
    giveConsoleAToken();
    const app = document.getElementById("app") as HTMLElement;
    const frame = app.innerHTML;
    app.innerHTML = "<main>loading</main>";
    window.location.hash = "#/acme/audit-log";
    startHook();
    await settle();
    expect(page()).toBeNull();
    expect(asked).toEqual([]);
    app.innerHTML = frame;
    await waitFor(() => expect(page()).toBeTruthy());
  });
});

describe("the token", () => {
  it("is the console's own, refreshed", async () => {
    giveConsoleAToken();
    startHook();
    await waitFor(() => expect(asked[0]?.authorization).toBe("Bearer console-token"));
    expect(updateToken).toHaveBeenCalledWith(5);
  });

  it("is got by a silent login where the console keeps its own elsewhere", async () => {
    vi.spyOn(SilentLogin.prototype, "token").mockResolvedValue("own-token");
    startHook();
    await waitFor(() => expect(asked[0]?.authorization).toBe("Bearer own-token"));
  });
});

describe("a server below a path, whose console has a host name of its own", () => {
  it("is asked at that host name, below that path", async () => {
    const environment = document.getElementById("environment") as HTMLElement;
    environment.textContent = JSON.stringify({
      serverBaseUrl: "https://sso.example.com/auth",
      adminBaseUrl: "https://admin.example.com/auth",
      realm: "master",
      clientId: "security-admin-console",
      consoleBaseUrl: "/auth/admin/master/console/",
    });
    answer = () => Promise.resolve(new Response(null, { status: 500 }));
    giveConsoleAToken();
    startHook();
    history.pushState(null, "", "#/acme/provisioning");
    await waitFor(() => expect(page(SCIM.element)).toBeTruthy());
    expect(asked[0]?.url).toBe("https://admin.example.com/auth/admin/realms/acme/keyledger-console/me");
    expect(page(SCIM.element)?.context).toMatchObject({
      adminBaseUrl: "https://admin.example.com/auth",
      realmUrl: "https://sso.example.com/auth/realms/acme",
    });
  });
});

describe("a page that is no console", () => {
  it("is left alone", () => {
    document.body.innerHTML = "<p>hello</p>";
    startHook();
    expect(document.body.innerHTML).toBe("<p>hello</p>");
  });
});
