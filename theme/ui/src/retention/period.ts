/** The units in which a period is told and typed, the longest first. */
export const UNITS = ["years", "months", "days"] as const;
export type Unit = (typeof UNITS)[number];

/** A length of time as a person says it. */
export interface Period {
  readonly count: number;
  readonly unit: Unit;
}

const DAYS: { readonly [unit in Unit]: number } = { years: 365.25, months: 365.25 / 12, days: 1 };
const LETTERS: { readonly [unit in Unit]: string } = { years: "Y", months: "M", days: "D" };

/**
 * Reads an ISO 8601 period of years, months, weeks and days, such as `P1Y6M`, as one number of one unit: 18 months.
 * Where days stand beside months it is days, to the nearest. `undefined` for anything else, such as hours or nothing.
 */
export function parsePeriod(text: string): Period | undefined {
  const found = /^P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?$/.exec(text);
  if (!found) {
    return undefined;
  }
  const [years = 0, months = 0, weeks = 0, days = 0] = found.slice(1).map((part) => Number(part ?? 0));
  const allMonths = 12 * years + months;
  const allDays = 7 * weeks + days;
  if (allMonths + allDays === 0) {
    return undefined;
  }
  if (allDays > 0) {
    return { count: Math.round(allMonths * DAYS.months) + allDays, unit: "days" };
  }
  return allMonths % 12 === 0 ? { count: allMonths / 12, unit: "years" } : { count: allMonths, unit: "months" };
}

export function formatPeriod({ count, unit }: Period): string {
  return `P${count}${LETTERS[unit]}`;
}

/**
 * Whether entries leave the database earlier under `next` than under `now`; `null` is for ever. What cannot be read may
 * be of any length, so next to it anything counts as shorter but for ever.
 */
export function isShorter(next: string | null, now: string | null): boolean {
  return next !== now && next !== null && !(daysOf(next) >= daysOf(now));
}

function daysOf(text: string | null): number {
  if (text === null) {
    return Number.POSITIVE_INFINITY;
  }
  const period = parsePeriod(text);
  return period ? period.count * DAYS[period.unit] : Number.NaN;
}
