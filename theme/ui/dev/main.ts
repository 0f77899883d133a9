import "@patternfly/react-core/dist/styles/base.css";
import type { PageContext } from "../src/context";
import { parseProperties } from "../src/properties";
import "../src/page/element";
import "../src/scim/element";
import german from "../../src/main/resources/theme/keyledger/admin/messages/messages_de.properties?raw";

// What the hook does in the console, without a console: `?dark` and `?de` are its modes.
const modes = new URLSearchParams(window.location.search);
document.documentElement.classList.toggle("pf-v5-theme-dark", modes.has("dark"));
if (!window.location.hash) {
  window.location.hash = "#/acme/audit-log";
}
const [, realm = "acme", path] = window.location.hash.split(/[/?]/);
const context: PageContext = {
  realm: decodeURIComponent(realm),
  realmUrl: `https://sso.example.com/realms/${realm}`,
  adminBaseUrl: window.location.origin,
  getAccessToken: () => Promise.resolve("the-token"),
  locale: modes.has("de") ? "de" : "en",
  messages: modes.has("de") ? parseProperties(german) : {},
};
const element = path === "provisioning" ? "keyledger-scim" : "keyledger-audit-log";
const page = Object.assign(document.createElement(element), { context });
document.getElementById("keyledger-main")?.replaceChildren(page);
