import type { Periods, PrunedKind } from "../api/privacyTypes";
import { formatPeriod, isShorter, parsePeriod, type Unit } from "./period";

/** What was typed for one kind: a number and its unit, for ever, or as the server has it in words of its own. */
export interface TypedPeriod {
  readonly count: string;
  readonly unit: Unit | "forever" | "other";
  /** What the server has and no number of days, months or years says. */
  readonly other?: string;
}

/** What was typed for each kind. */
export type Draft = { readonly [kind in PrunedKind]: TypedPeriod };

/** What the form shows of the periods in force. */
export function draftOf(periods: Periods): Draft {
  const typed = (kind: PrunedKind): TypedPeriod => {
    const text = periods[kind];
    const period = text === null ? undefined : parsePeriod(text);
    return period
      ? { count: String(period.count), unit: period.unit }
      : text === null
        ? { count: "", unit: "forever" }
        : { count: "", unit: "other", other: text };
  };
  return { user: typed("user"), admin: typed("admin"), scim: typed("scim") };
}

/** `undefined` while a number is missing. */
export function periodsOf({ user, admin, scim }: Draft): Periods | undefined {
  const [forUser, forAdmin, forScim] = [periodOf(user), periodOf(admin), periodOf(scim)];
  return forUser === undefined || forAdmin === undefined || forScim === undefined
    ? undefined
    : { user: forUser, admin: forAdmin, scim: forScim };
}

/** As the server reads it; `undefined` while the number is missing or wrong. */
export function periodOf({ count, unit, other }: TypedPeriod): string | null | undefined {
  if (unit === "forever") {
    return null;
  }
  if (unit === "other") {
    return other;
  }
  return /^[1-9]\d{0,4}$/.test(count) ? formatPeriod({ count: Number(count), unit }) : undefined;
}

/** Whether two periods are of one length, however they are written. */
export function isSame(one: string | null, other: string | null): boolean {
  return one === other || (one !== null && other !== null && !isShorter(one, other) && !isShorter(other, one));
}
