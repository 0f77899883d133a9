import { describe, expect, it } from "vitest";
import { formatPeriod, isShorter, parsePeriod } from "./period";

describe("a period", () => {
  it.each([
    ["P12M", { count: 1, unit: "years" }],
    ["P72M", { count: 6, unit: "years" }],
    ["P1Y6M", { count: 18, unit: "months" }],
    ["P90D", { count: 90, unit: "days" }],
    ["P2W", { count: 14, unit: "days" }],
    ["P1Y1D", { count: 366, unit: "days" }],
    ["P", undefined],
    ["PT5M", undefined],
    ["P0D", undefined],
    ["12 months", undefined],
  ])("%s is read", (text, period) => {
    expect(parsePeriod(text)).toEqual(period);
  });

  it("is written as it is read", () => {
    expect(formatPeriod({ count: 18, unit: "months" })).toBe("P18M");
    expect(parsePeriod(formatPeriod({ count: 90, unit: "days" }))).toEqual({ count: 90, unit: "days" });
  });

  it.each([
    ["P1Y", "P2Y", true],
    ["P1Y", "P12M", false],
    ["P364D", "P1Y", true],
    ["P12M", null, true],
    [null, "P12M", false],
    [null, null, false],
    ["PT5M", "P1Y", true],
    ["P1Y", "PT5M", true],
    ["PT5M", "PT5M", false],
    [null, "PT5M", false],
  ])("%s is shorter than %s: %s", (next, now, shorter) => {
    expect(isShorter(next, now)).toBe(shorter);
  });
});
