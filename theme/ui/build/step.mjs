// Called by Maven: `node build/step.mjs install | bundle | check`. A step whose inputs are as they were when it last
// went well is not run again, so that a second `./mvnw package` does not pay for npm.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const locked = ["package.json", "package-lock.json", ".npmrc"];
const sources = [...locked, "vite.config.ts", "tsconfig.json", "src", "../src/main/resources/theme"];

const steps = {
  install: {
    inputs: locked,
    npm: ["ci"],
    stamp: "node_modules/.keyledger-install",
    result: "node_modules/vite/package.json",
  },
  bundle: {
    inputs: sources,
    npm: ["run", "--silent", "bundle"],
    stamp: "../target/ui-bundle.stamp",
    result: "../target/classes/theme/keyledger/admin/theme.properties",
  },
  check: {
    inputs: [...sources, "biome.json", "build", "dev", "test"],
    npm: ["run", "--silent", "check"],
    stamp: "../target/ui-check.stamp",
    result: "../target",
  },
};

function filesOf(path) {
  return statSync(path).isDirectory()
    ? readdirSync(path)
        .sort()
        .flatMap((name) => filesOf(`${path}/${name}`))
    : [path];
}

function fingerprint(inputs) {
  const hash = createHash("sha256").update(process.version);
  for (const file of inputs.flatMap(filesOf)) {
    hash.update(file).update("\0").update(readFileSync(file));
  }
  return hash.digest("hex");
}

const step = steps[process.argv[2]];
if (!step) {
  // biome-ignore lint/suspicious/noConsole: this is a program for the command line
  console.error(`build/step.mjs: want one of ${Object.keys(steps).join(", ")}, got ${process.argv[2]}`);
  process.exit(2);
}
process.chdir(join(import.meta.dirname, ".."));
const now = fingerprint(step.inputs);
if (existsSync(step.result) && existsSync(step.stamp) && readFileSync(step.stamp, "utf8") === now) {
  process.exit(0);
}
rmSync(step.stamp, { force: true });
// npm is a shell script on Windows, which spawn runs only through a shell
const { status } = spawnSync("npm", step.npm, { stdio: "inherit", shell: process.platform === "win32" });
if (status === 0) {
  mkdirSync(dirname(step.stamp), { recursive: true });
  writeFileSync(step.stamp, now);
}
process.exit(status ?? 1);
