import type { PageContext } from "../context";
import { consoleToken } from "./consoleToken";
import { ConsoleViews } from "./consoleView";
import { readEnvironment } from "./environment";
import { showNavItem } from "./navItem";
import { PageFrame } from "./pageFrame";
import { parseRoute, type Route } from "./route";
import { SilentLogin } from "./silentLogin";

/**
 * Adds our page to the stock console that this document shows: an item in its navigation and a route. Holds no React;
 * the page is a chunk of its own, loaded when it is first opened.
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
  const labels = new Map<string, string | undefined>();

  const context = async (realm: string): Promise<PageContext> => {
    const view = await views.of(realm);
    return {
      realm,
      adminBaseUrl: environment.adminBaseUrl,
      getAccessToken,
      locale: view?.locale ?? "en",
      messages: view?.messages ?? {},
    };
  };

  const askForLabel = async ({ realm }: Route) => {
    const view = await views.of(realm);
    const label = view?.viewAuditLog ? view.messages["keyledger.nav"] : undefined;
    if (!labels.has(realm) || labels.get(realm) !== label) {
      labels.set(realm, label);
      sync();
    }
  };

  const sync = () => {
    // the navigation is drawn only for a session that has logged in
    if (!app.querySelector("nav[class*='-c-nav']")) {
      return;
    }
    const route = parseRoute(location.hash, environment.realm);
    if (route.onAuditLog) {
      frame.show(route.realm, () => context(route.realm));
    } else {
      frame.hide();
    }
    showNavItem(app, route, labels.get(route.realm));
    void askForLabel(route);
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
