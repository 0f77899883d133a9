import { InputGroup, InputGroupItem, InputGroupText } from "@patternfly/react-core";
import { useState } from "react";
import { useLanguage } from "../i18n";
import { type Filters, RANGES, type Range } from "../location";
import { MinuteInput } from "./MinuteInput";
import { SingleSelect } from "./SingleSelect";

const LAST_OF_MINUTE = 59_999;
const OPTIONS = ["any", ...(Object.keys(RANGES) as Range[]), "custom"] as const;

interface TimeRangeFilterProps {
  readonly filters: Pick<Filters, "range" | "from" | "to">;
  readonly onChange: (change: Pick<Filters, "range" | "from" | "to">) => void;
}

/** A range up to now, or two minutes of the browser's zone, both included. */
export const TimeRangeFilter = ({ filters: { range, from, to }, onChange }: TimeRangeFilterProps) => {
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
    <InputGroup>
      <InputGroupItem>
        <SingleSelect
          label={t("filter.time")}
          options={OPTIONS}
          selected={selected}
          text={(option) => t(`filter.time.${option}`)}
          onChange={select}
        />
      </InputGroupItem>
      {selected === "custom" && (
        <>
          <InputGroupItem>
            <MinuteInput
              label={t("filter.time.from")}
              value={from}
              onChange={(ms) => onChange({ range: undefined, from: ms, to })}
            />
          </InputGroupItem>
          <InputGroupText isPlain aria-hidden>
            –
          </InputGroupText>
          <InputGroupItem>
            <MinuteInput
              label={t("filter.time.to")}
              value={to}
              onChange={(ms) =>
                onChange({ range: undefined, from, to: ms === undefined ? undefined : ms + LAST_OF_MINUTE })
              }
            />
          </InputGroupItem>
        </>
      )}
    </InputGroup>
  );
};
