// `npm run screens [name]`: a picture of every screen in every mode, with sample data, in ../target/screens, and what axe
// finds wrong with each. Needs chromedriver and a Chromium. The language of WebDriver is plain HTTP, so it takes no library.
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { createServer } from "vite";
import { SCREENS } from "./screenList.mjs";

const FOLDER = resolve(import.meta.dirname, "../../target/screens");
const MODES = [
  { name: "wide", query: "", width: 1280 },
  { name: "wide-dark", query: "dark", width: 1280 },
  { name: "small", query: "", width: 400 },
  { name: "small-dark-de", query: "dark&de", width: 400 },
  { name: "wide-de", query: "de", width: 1280 },
];

const AXE = readFileSync(resolve(import.meta.dirname, "../node_modules/axe-core/axe.min.js"), "utf8");
const RUN_AXE = `const done = arguments[arguments.length - 1];
  axe.run(document, { rules: { region: { enabled: false } } }).then(({ violations }) =>
    done(violations.map(({ id, nodes }) => id + ": " + nodes.map(({ html }) => html).join(" | "))));`;

const SIDEWAYS =
  "[...document.querySelectorAll('keyledger-audit-log, keyledger-scim')].some((e) => e.scrollWidth > e.clientWidth)";

/** Titles of dialogs that lose their end. */
const CUT =
  "[...document.querySelectorAll('.pf-v5-c-modal-box__title-text')].some((e) => e.scrollWidth > e.clientWidth &&" +
  " getComputedStyle(e).overflow !== 'visible')";

const wanted = process.argv.slice(2);
const vite = await createServer({
  root: resolve(import.meta.dirname, ".."),
  logLevel: "error",
  server: { port: 5199 },
});
await vite.listen();
const driver = spawn("chromedriver", ["--port=5198", "--silent"], { stdio: "ignore" });
mkdirSync(FOLDER, { recursive: true });

async function call(method, path, body) {
  const answer = await fetch(`http://localhost:5198${path}`, { method, ...(body && { body: JSON.stringify(body) }) });
  const { value } = await answer.json();
  if (!answer.ok) {
    throw new Error(`${path}: ${value.message}`);
  }
  return value;
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

async function until(what, test) {
  for (let tries = 0; tries < 100; tries++) {
    if (await test().catch(() => false)) {
      return;
    }
    await pause(100);
  }
  throw new Error(`${what} did not come`);
}

await until("chromedriver", async () => (await call("GET", "/status")).ready);
const { sessionId } = await call("POST", "/session", {
  capabilities: {
    alwaysMatch: {
      "goog:chromeOptions": { args: ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"] },
    },
  },
});
const session = `/session/${sessionId}`;
const run = (script, ...args) => call("POST", `${session}/execute/sync`, { script, args });
try {
  for (const screen of SCREENS.filter(
    ({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)),
  )) {
    for (const mode of MODES.filter(({ name }) => !screen.modes || screen.modes.includes(name))) {
      await call("POST", `${session}/goog/cdp/execute`, {
        cmd: "Emulation.setDeviceMetricsOverride",
        params: { width: mode.width, height: screen.height ?? 900, deviceScaleFactor: 1, mobile: false },
      });
      await call("POST", `${session}/url`, { url: "about:blank" });
      await call("POST", `${session}/url`, { url: `http://localhost:5199/dev/?${mode.query}${screen.hash}` });
      try {
        for (const step of screen.steps) {
          const { click, type, into, see } = typeof step === "string" ? { see: step } : step;
          const css = click ?? into ?? see;
          await until(`${screen.name}: ${css}`, () =>
            run(
              "const found = document.querySelector(arguments[0]); if (!found || (arguments[1] && found.disabled))" +
                " return false; if (arguments[1]) found.click(); return true;",
              css,
              click !== undefined,
            ),
          );
          if (type) {
            const element = await call("POST", `${session}/element`, { using: "css selector", value: into });
            await call("POST", `${session}/element/${Object.values(element)[0]}/value`, {
              text: type.replace("{mode}", mode.name),
            });
          }
        }
      } catch (problem) {
        // biome-ignore lint/suspicious/noConsole: this is a program for the command line
        console.error(String(problem));
      }
      await pause(500);
      await run(AXE);
      for (const violation of await call("POST", `${session}/execute/async`, { script: RUN_AXE, args: [] })) {
        // biome-ignore lint/suspicious/noConsole: this is a program for the command line
        console.error(`${screen.name} ${mode.name}: ${violation}`);
      }
      if (await run(`return document.documentElement.scrollWidth > innerWidth || ${SIDEWAYS};`)) {
        // biome-ignore lint/suspicious/noConsole: this is a program for the command line
        console.error(`${screen.name} ${mode.name}: is wider than the window`);
      }
      if (await run(`return ${CUT};`)) {
        // biome-ignore lint/suspicious/noConsole: this is a program for the command line
        console.error(`${screen.name} ${mode.name}: the title of the dialog is cut`);
      }
      const picture = await call("GET", `${session}/screenshot`);
      writeFileSync(resolve(FOLDER, `${screen.name}-${mode.name}.png`), Buffer.from(picture, "base64"));
    }
  }
} finally {
  await call("DELETE", session);
  driver.kill();
  await vite.close();
}
