import { describe, expect, it } from "vitest";
import { type Format, RecordCounter } from "./recordCounter";

function counted(format: Format, ...chunks: readonly string[]) {
  const counter = new RecordCounter(format);
  for (const chunk of chunks) {
    counter.add(new TextEncoder().encode(chunk));
  }
  return { entries: counter.entries, isWhole: counter.isWhole };
}

describe("an export as it comes", () => {
  it("has as many rows as its CSV, whatever is in the cells", () => {
    expect(counted("csv", '"id","error"\r\n"1","two\nli', 'nes, and a "" quote"\r\n"2",""\r\n').entries).toBe(2);
  });

  it("is whole only with the line that ends JSON Lines", () => {
    const lines = ['{"export":{}}\n{"id":1}\n', '{"id":2}\n'];
    expect(counted("jsonl", ...lines)).toEqual({ entries: 2, isWhole: false });
    expect(counted("jsonl", ...lines, '{"end":{"ent', 'ries":2}}\n')).toEqual({ entries: 2, isWhole: true });
  });

  it("has nothing yet before the first byte", () => {
    expect(counted("csv").entries).toBe(0);
  });
});
