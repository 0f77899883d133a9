import type { PageContext } from "../context";
import { consoleToken } from "./consoleToken";
import { type ConsoleView, ConsoleViews } from "./consoleView";
import { readEnvironment } from "./environment";
import { showHistoryLink } from "./historyLink";
import { showNavItem } from "./navItem";
import { PageFrame } from "./pageFrame";
import { PAGES } from "./pages";
import { parseRoute, parseSubject } from "./route";
import { SilentLogin } from "./silentLogin";

/**
 * Adds our pages to the stock console that this document shows: items in its navigation, routes, and links from the
 * stock pages of a user, group, client or role to its history. Holds no React; each page is a chunk of its own, loaded
 * when it is first opened.
 */
export function startHook(): void {
  const app = document.getElementById("app");
  if (!app) {
    return;
  }
  const environment = readEnvironment(document);
  const silentLogin = new SilentLogin(environment);
  const getAccessToken = async () => (await consoleToken(app)) ?? silentLogin.token();
  const views = new ConsoleViews(environment.adminBaseUrl, getAccessToken);
  const frame = new PageFrame(app);
  const known = new Map<string, ConsoleView | undefined>();

  // while the console itself begins; what does not come now is asked for again when it is shown
  parseRoute(location.hash, environment.realm)
    .page?.load()
    .catch(() => undefined);

  const context = async (realm: string): Promise<PageContext> => {
    const view = await views.of(realm);
    return {
      realm,
      realmUrl: view?.realmUrl ?? `${environment.serverBaseUrl}/realms/${encodeURIComponent(realm)}`,
      adminBaseUrl: environment.adminBaseUrl,
      getAccessToken,
      readConnections: view?.readConnections ?? true,
      manageConnections: view?.manageConnections ?? true,
      viewAuditLog: view?.viewAuditLog ?? true,
      findUsers: view?.findUsers ?? true,
      findClients: view?.findClients ?? true,
      locale: view?.locale ?? "en",
      messages: view?.messages ?? {},
    };
  };

  const ask = async (realm: string) => {
    const view = await views.of(realm);
    if (known.get(realm) !== view) {
      known.set(realm, view);
      guarded(sync)();
    }
  };

  const sync = () => {
    // the navigation is drawn only for a session that has logged in
    if (!app.querySelector("nav[class*='-c-nav']")) {
      return;
    }
    const route = parseRoute(location.hash, environment.realm);
    const view = known.get(route.realm);
    if (route.page) {
      frame.show(route.page, route.realm, () => context(route.realm));
    } else {
      frame.hide();
    }
    for (const page of PAGES) {
      showNavItem(app, page, route, view && page.isFor(view) ? view.messages[page.label] : undefined);
    }
    const historyLabel = view?.viewAuditLog ? view.messages["keyledger.history.link"] : undefined;
    showHistoryLink(app, route.realm, parseSubject(location.hash), historyLabel);
    void ask(route.realm);
  };

  onNavigation(guarded(sync));
  onRedraw(app, frame, guarded(sync));
  guarded(sync)();
}

/** An error of ours is reported and goes no further: these functions run inside the console's own calls. */
function guarded(work: () => void): () => void {
  return () => {
    try {
      work();
    } catch (problem) {
      reportError(problem);
    }
  };
}

/** The console's router navigates by pushState and replaceState, which raise no event. */
function onNavigation(listener: () => void): void {
  for (const name of ["pushState", "replaceState"] as const) {
    const original = history[name].bind(history);
    history[name] = (...args: Parameters<History["pushState"]>) => {
      original(...args);
      listener();
    };
  }
  window.addEventListener("popstate", listener);
  window.addEventListener("hashchange", listener);
  // an admin who comes back may have been given or have lost a role meanwhile
  document.addEventListener("visibilitychange", () => document.hidden || listener());
}

/** At most once a frame, and not for what our own page draws. */
function onRedraw(app: HTMLElement, frame: PageFrame, listener: () => void): void {
  let queued = false;
  new MutationObserver((records) => {
    if (queued || records.every((record) => frame.contains(record.target))) {
      return;
    }
    queued = true;
    requestAnimationFrame(() => {
      queued = false;
      listener();
    });
  }).observe(app, { childList: true, subtree: true });
}
