import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { parseProperties } from "./properties";

const MESSAGES = join(import.meta.dirname, "../../src/main/resources/theme/keyledger/admin/messages");
const english = messages("en");

function messages(language: string) {
  return parseProperties(readFileSync(join(MESSAGES, `messages_${language}.properties`), "utf8"));
}

const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
  .map((name) => ({ name, text: readFileSync(join(import.meta.dirname, name), "utf8") }));

/** Attributes whose text a person reads or hears. */
const SPOKEN = [
  "aria-label",
  "title",
  "placeholder",
  "label",
  "alt",
  "titleText",
  "content",
  "toggleText",
  "helperText",
];

function hardCoded({ name, text }: { readonly name: string; readonly text: string }): readonly string[] {
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const visit = (node: ts.Node) => {
    const isSpoken = ts.isJsxAttribute(node) && SPOKEN.includes(node.name.getText(file));
    const spoken = ts.isJsxText(node)
      ? node.text
      : isSpoken && node.initializer && ts.isStringLiteral(node.initializer)
        ? node.initializer.text
        : "";
    if (/\p{L}/u.test(spoken)) {
      found.push(`${name}: ${spoken.trim()}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

describe("the texts of the pages", () => {
  it("are the same in both languages", () => {
    expect(Object.keys(messages("de")).sort()).toEqual(Object.keys(english).sort());
  });

  it("are all in the message files", () => {
    expect(sources.filter(({ name }) => name.endsWith(".tsx")).flatMap(hardCoded)).toEqual([]);
  });

  it("are there for every key that is asked for", () => {
    const asked = sources.flatMap(({ text }) =>
      [...text.matchAll(/\bt\(\s*"([^"]+)"/g)].map(([, key]) => `keyledger.${key}`),
    );
    expect(asked.length).toBeGreaterThan(50);
    expect(asked.filter((key) => !(key in english))).toEqual([]);
  });
});
