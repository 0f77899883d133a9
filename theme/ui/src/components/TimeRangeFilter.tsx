import { useState } from "react";
import { useLanguage } from "../i18n";
import { RANGES, type Range, type TimeRange } from "../location";
import { MinuteInput } from "./MinuteInput";
import { SingleSelect } from "./SingleSelect";

const LAST_OF_MINUTE = 59_999;
const OPTIONS = ["any", ...(Object.keys(RANGES) as Range[]), "custom"] as const;

interface TimeRangeFilterProps {
  readonly time: TimeRange;
  readonly onChange: (time: TimeRange) => void;
}

/** A range up to now, or two minutes of the browser's zone, which is named; both included. */
export const TimeRangeFilter = ({ time: { range, from, to }, onChange }: TimeRangeFilterProps) => {
  const { t } = useLanguage();
  const hasEnds = from !== undefined || to !== undefined;
  const [isCustom, setIsCustom] = useState(hasEnds);
  const selected = range ?? (isCustom || hasEnds ? "custom" : "any");
  const select = (option: (typeof OPTIONS)[number]) => {
    setIsCustom(option === "custom");
    onChange({
      range: option === "any" || option === "custom" ? undefined : option,
      from: undefined,
      to: undefined,
    });
  };
  return (
    <div className="keyledger-time">
      <SingleSelect
        label={t("filter.time")}
        options={OPTIONS}
        selected={selected}
        text={(option) => t(`filter.time.${option}`)}
        onChange={select}
      />
      {selected === "custom" && (
        <>
          <MinuteInput
            label={t("filter.time.from")}
            value={from}
            onChange={(ms) => onChange({ range: undefined, from: ms, to })}
          />
          <span aria-hidden>–</span>
          <MinuteInput
            label={t("filter.time.to")}
            value={to}
            onChange={(ms) =>
              onChange({ range: undefined, from, to: ms === undefined ? undefined : ms + LAST_OF_MINUTE })
            }
          />
        </>
      )}
      <span className="keyledger-muted">{Intl.DateTimeFormat().resolvedOptions().timeZone}</span>
    </div>
  );
};
