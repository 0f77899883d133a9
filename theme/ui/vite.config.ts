import { mkdirSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { sampleServer } from "./dev/server";

const theme = resolve(import.meta.dirname, "../target/classes/theme/keyledger/admin");

const tests = "src/**/*.test.{ts,tsx}";
const hookTests = "src/hook/**/*.test.{ts,tsx}";

/** Writes the theme's properties beside the bundle, with the name that this very build gave to the hook. */
function themeProperties(): Plugin {
  return {
    name: "theme-properties",
    writeBundle(options, bundle) {
      const hook = Object.values(bundle).find((file) => file.type === "chunk" && file.isEntry);
      if (!hook || !options.dir) {
        throw new Error("the bundle has no entry for theme.properties to name");
      }
      const directory = resolve(options.dir, "..");
      mkdirSync(directory, { recursive: true });
      // Keycloak 26.7 merges the keyed form with a child theme's own scripts; older ones know only the flat form.
      // Where both are read, a module of one URL still runs once.
      const lines = ["parent=keycloak.v2", `scripts=${hook.fileName}`, `scripts.keyledger=${hook.fileName}`];
      writeFileSync(resolve(directory, "theme.properties"), `${lines.join("\n")}\n`);
    },
  };
}

export default defineConfig({
  // chunks are found relative to the hook: a relative path of the server such as /auth needs no other build
  base: "./",
  publicDir: false,
  plugins: [themeProperties(), sampleServer()],
  build: {
    outDir: resolve(theme, "resources"),
    emptyOutDir: true,
    target: "es2022",
    // a manifest of ours would hide the stock console's own
    manifest: false,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 600,
    reportCompressedSize: false,
    rollupOptions: {
      input: { hook: resolve(import.meta.dirname, "src/hook/main.ts") },
      output: {
        // below assets/, which the stock theme's contentHashPattern covers: cached for long, by content
        entryFileNames: "assets/keyledger/[name]-[hash].js",
        chunkFileNames: "assets/keyledger/[name]-[hash].js",
        assetFileNames: "assets/keyledger/[name]-[hash][extname]",
      },
    },
  },
  // the English messages are part of the page, for texts that another language lacks
  server: { fs: { allow: [resolve(import.meta.dirname, "..")] } },
  test: {
    environment: "jsdom",
    environmentOptions: { jsdom: { url: "http://localhost:8080/admin/master/console/#/acme/audit-log" } },
    setupFiles: ["test/setup.ts"],
    css: false,
    // PatternFly in jsdom is slow, and the machine may be busy
    testTimeout: 30_000,
    reporters: ["dot"],
    restoreMocks: true,
    unstubGlobals: true,
    // pages keep nothing between tests, so that files may share what they import, most of all PatternFly; the hook lives as
    // long as the window does, and gets one of its own
    projects: [
      { extends: true, test: { name: "pages", include: [tests], exclude: [hookTests], isolate: false } },
      { extends: true, test: { name: "hook", include: [hookTests] } },
    ],
  },
});
