import { describe, expect, it } from "vitest";
import { fold, lineDiff } from "./lineDiff";

const shown = (before: string | undefined, after: string | undefined) =>
  lineDiff(before, after).map((line) => [line.before, line.after]);

describe("two texts line by line", () => {
  it("keeps what they have in common on one line", () => {
    expect(shown("[\nFinance,\nStaff\n]", "[\nStaff\n]")).toEqual([
      ["[", "["],
      ["Finance,", undefined],
      ["Staff", "Staff"],
      ["]", "]"],
    ]);
  });

  it("puts a line beside the one that took its place", () => {
    expect(shown("a\nb\nc", "a\nx\nc")).toEqual([
      ["a", "a"],
      ["b", "x"],
      ["c", "c"],
    ]);
  });

  it("has nothing on the other side of what is new or gone", () => {
    expect(shown(undefined, "a\nb")).toEqual([
      [undefined, "a"],
      [undefined, "b"],
    ]);
    expect(shown("a", undefined)).toEqual([["a", undefined]]);
  });

  it("loses no line of either, whatever they are", () => {
    const before = "a\nb\nb\na\nc";
    const after = "b\na\nb\nc\nc\na";
    const lines = lineDiff(before, after);
    expect(lines.flatMap((line) => line.before ?? []).join("\n")).toBe(before);
    expect(lines.flatMap((line) => line.after ?? []).join("\n")).toBe(after);
  });
});

describe("folding", () => {
  it("hides what is far from a change and keeps its neighbours", () => {
    const same = (text: string) => ({ before: text, after: text });
    const change = { before: "x", after: "y" };
    const lines = [same("1"), same("2"), same("3"), change, same("4"), same("5")];
    expect(fold(lines, 1)).toEqual([{ folded: [same("1"), same("2")] }, same("3"), change, same("4"), same("5")]);
  });
});
