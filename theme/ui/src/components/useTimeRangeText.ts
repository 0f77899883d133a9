import { useLanguage } from "../i18n";
import type { Filters } from "../location";

/** How a time range reads in a sentence; `undefined` for none. */
export function useTimeRangeText() {
  const { t, time } = useLanguage();
  return ({ range, from, to }: Pick<Filters, "range" | "from" | "to">): string | undefined => {
    if (range) {
      return t(`filter.time.${range}`);
    }
    if (from !== undefined && to !== undefined) {
      return t("filter.time.between", { from: time(from), to: time(to) });
    }
    if (from !== undefined) {
      return t("filter.time.since", { from: time(from) });
    }
    return to === undefined ? undefined : t("filter.time.until", { to: time(to) });
  };
}
