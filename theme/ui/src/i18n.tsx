import { createContext, type ReactNode, useContext, useMemo } from "react";
import englishText from "../../src/main/resources/theme/keyledger/admin/messages/messages_en.properties?raw";
import type { PageContext } from "./context";
import { parseProperties } from "./properties";

const english = parseProperties(englishText);

/** Texts, numbers and times in the admin's language. */
export interface Language {
  /** The message `keyledger.{key}` with `{{name}}` replaced. */
  t(key: string, values?: Readonly<Record<string, string | number>>): string;
  /** The message, or what to show where there is none: an operation that we have no word for. */
  tOr(key: string, otherwise: string): string;
  number(value: number): string;
  /** "42%", of a hundred. */
  percent(value: number): string;
  /** "12 kB", "3.4 MB". */
  size(bytes: number): string;
  /** Date and time in the browser's zone. */
  time(ms: number): string;
  date(ms: number): string;
  /** Day and month, where the year goes without saying. */
  day(ms: number): string;
  clock(ms: number): string;
  /** Hour and minute. */
  hour(ms: number): string;
  /** From one moment to another; of whole days without the hours. */
  span(from: number, to: number, isDays: boolean): string;
  /** The same with the zone's name. */
  exactTime(ms: number): string;
  /** "2 minutes ago". */
  ago(ms: number, now: number): string;
}

const LanguageContext = createContext<Language>(languageOf({ locale: "en", messages: {} }));

export function useLanguage(): Language {
  return useContext(LanguageContext);
}

interface LanguageProviderProps {
  readonly context: Pick<PageContext, "locale" | "messages">;
  readonly children: ReactNode;
}

export const LanguageProvider = ({ context, children }: LanguageProviderProps) => {
  const language = useMemo(() => languageOf(context), [context]);
  return <LanguageContext.Provider value={language}>{children}</LanguageContext.Provider>;
};

/** What is missing in the admin's language is shown in English, what is missing there as its key. */
export function languageOf({ locale, messages }: Pick<PageContext, "locale" | "messages">): Language {
  const find = (key: string) => messages[`keyledger.${key}`] ?? english[`keyledger.${key}`];
  const numbers = new Intl.NumberFormat(locale);
  const percents = new Intl.NumberFormat(locale, { style: "percent" });
  const times = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "medium" });
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: "medium" });
  const days = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short" });
  const clocks = new Intl.DateTimeFormat(locale, { timeStyle: "medium" });
  const hours = new Intl.DateTimeFormat(locale, { timeStyle: "short" });
  const minutes = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
  const exactTimes = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "long" });
  const spans = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  return {
    t: (key, values = {}) =>
      (find(key) ?? key).replaceAll(/\{\{(\w+)\}\}/g, (whole, name: string) => String(values[name] ?? whole)),
    tOr: (key, otherwise) => find(key) ?? otherwise,
    number: (value) => numbers.format(value),
    percent: (value) => percents.format(value / 100),
    size: (bytes) => sizeIn(locale, bytes),
    time: (ms) => times.format(ms),
    date: (ms) => dates.format(ms),
    day: (ms) => days.format(ms),
    clock: (ms) => clocks.format(ms),
    hour: (ms) => hours.format(ms),
    span: (from, to, isDays) => (isDays ? dates : minutes).formatRange(from, to),
    exactTime: (ms) => exactTimes.format(ms),
    ago: (ms, now) => relative(spans, Math.round((ms - now) / 1000)),
  };
}

const SIZES = ["kilobyte", "megabyte", "gigabyte"] as const;

/** In the unit of which there are at least one and less than a thousand; at least a tenth of a kilobyte. */
function sizeIn(locale: string, bytes: number): string {
  const unit = bytes < 1e6 ? 0 : bytes < 1e9 ? 1 : 2;
  const value = bytes / 1000 ** (unit + 1);
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: SIZES[unit] ?? "kilobyte",
    maximumFractionDigits: value < 10 ? 1 : 0,
  }).format(bytes === 0 ? 0 : Math.max(value, 0.1));
}

function relative(spans: Intl.RelativeTimeFormat, seconds: number): string {
  const size = Math.abs(seconds);
  if (size < 60) {
    return spans.format(seconds, "second");
  }
  if (size < 3600) {
    return spans.format(Math.round(seconds / 60), "minute");
  }
  return size < 86_400
    ? spans.format(Math.round(seconds / 3600), "hour")
    : spans.format(Math.round(seconds / 86_400), "day");
}
