import { describe, expect, it } from "vitest";
import { NO_FILTERS } from "../location";
import { bucketsOf, statisticsQuery } from "./buckets";

const HOUR = 3_600_000;
const NOON = Date.UTC(2026, 10, 24, 12);
const asked = (filters: Partial<typeof NO_FILTERS>) =>
  Object.fromEntries(statisticsQuery({ ...NO_FILTERS, ...filters }, NOON, "Europe/Berlin"));

describe("the question to the statistics", () => {
  it("is for days of the browser's zone, the last thirty, where no time is chosen", () => {
    expect(asked({})).toMatchObject({ interval: "day", zone: "Europe/Berlin", from: "2026-10-25T12:00:00.000Z" });
  });

  it("is for hours where the time is short", () => {
    expect(asked({ range: "7d" })).toMatchObject({ interval: "hour", from: "2026-11-17T12:00:00.000Z" });
    expect(asked({ from: NOON - HOUR, to: NOON - 1 })).toMatchObject({
      from: "2026-11-24T11:00:00.000Z",
      to: "2026-11-24T12:00:00.000Z",
    });
  });

  it("never asks for more than the server counts", () => {
    expect(asked({ from: 0 }).from).toBe("2024-02-28T12:00:00.000Z");
  });

  it("leaves out what is not counted", () => {
    expect(asked({ kinds: ["scim"], fields: { user: ["alice"] } })).not.toHaveProperty("user");
  });
});

describe("the bars", () => {
  it("are there also for hours in which nothing happened, and put failures of all kinds together", () => {
    const bars = bucketsOf({
      from: NOON,
      to: NOON + 3 * HOUR,
      interval: "hour",
      series: [
        { kind: "admin", outcome: "success", total: 4, points: [[NOON, 4]] },
        { kind: "admin", outcome: "failure", total: 1, points: [[NOON, 1]] },
        {
          kind: "user",
          outcome: "failure",
          total: 3,
          points: [
            [NOON, 2],
            [NOON + 2 * HOUR, 1],
          ],
        },
      ],
    });
    expect(bars.map(({ total }) => total)).toEqual([7, 0, 1]);
    expect(bars[0]?.counts).toEqual({ admin: 4, user: 0, scim: 0, system: 0, failure: 3 });
  });
});
