import { Button, Skeleton } from "@patternfly/react-core";
import { lazy, Suspense, useId } from "react";
import { Boundary } from "../components/Boundary";
import { useWidth } from "../hooks/useWidth";
import { useLanguage } from "../i18n";
import { type Filters, isFiltered, type TimeRange } from "../location";
import { usePruned } from "../retention/usePruned";
import { type Bucket, LAYERS } from "./buckets";
import { PADDING, type Selection, useBrush } from "./useBrush";
import { useTimeline } from "./useTimeline";

const TimelineChart = lazy(() => import("./TimelineChart"));

interface TimelineProps {
  readonly filters: Filters;
  readonly onRange: (range: TimeRange) => void;
}

/** How much happened when; selecting a part of it filters the list by that time. */
export const Timeline = ({ filters, onRange }: TimelineProps) => {
  const { t } = useLanguage();
  const [timeline, retry] = useTimeline(filters);
  const counted = timeline.state === "failed" ? undefined : timeline.value;
  if (timeline.state === "failed") {
    return (
      <p className="keyledger-muted keyledger-timeline">
        {t("timeline.failed")}{" "}
        <Button variant="link" isInline onClick={retry}>
          {t("error.retry")}
        </Button>
      </p>
    );
  }
  const ignored = isFiltered({ ...filters, ...NOT_COUNTED });
  return (
    <section className="keyledger-timeline" aria-label={t("timeline.title")} data-testid="keyledger-timeline">
      {counted ? (
        <Bars buckets={counted.buckets} onRange={onRange} />
      ) : (
        <Skeleton height="150px" screenreaderText={t("loading")} />
      )}
      {counted && <Pruned from={counted.from} />}
      {ignored && <p className="keyledger-muted">{t("timeline.ignored")}</p>}
    </section>
  );
};

/** That the bars lack what was pruned, where they reach back to it. */
const Pruned = ({ from }: { readonly from: number }) => {
  const { t, number } = useLanguage();
  const below = usePruned({ range: undefined, from, to: undefined });
  return below === undefined ? null : (
    <p className="keyledger-muted" data-testid="keyledger-not-counted">
      {t("timeline.pruned", { index: number(below) })}
    </p>
  );
};

/** What is left of the filters when all that the statistics know is taken away. */
const NOT_COUNTED = {
  kinds: [],
  operations: [],
  resourceTypes: [],
  outcome: undefined,
  range: undefined,
  from: undefined,
  to: undefined,
} as const;

interface BarsProps {
  readonly buckets: readonly Bucket[];
  readonly onRange: (range: TimeRange) => void;
}

const Bars = ({ buckets, onRange }: BarsProps) => {
  const { t } = useLanguage();
  const hint = useId();
  const [box, width] = useWidth();
  const select = ({ first, last }: Selection) => {
    const from = buckets[first]?.start;
    const end = buckets[last]?.end;
    onRange({ range: undefined, from, to: end === undefined ? undefined : end - 1 });
  };
  const { cursor, selection, handlers } = useBrush(buckets, select);
  const text = useBucketText();
  const shown = selection ?? (cursor === undefined ? undefined : { first: cursor, last: cursor });
  const at = cursor ?? buckets.length - 1;
  const isEmpty = buckets.every(({ total }) => total === 0);
  const per = t(isOfHours(buckets) ? "timeline.perHour" : "timeline.perDay");
  return (
    <>
      <div ref={box} className="keyledger-bars">
        <Boundary>
          <Suspense fallback={<Skeleton height="150px" screenreaderText={t("loading")} />}>
            {width > 0 && (
              <div aria-hidden>
                <TimelineChart buckets={buckets} width={width} />
              </div>
            )}
          </Suspense>
        </Boundary>
        <div
          className="keyledger-brush"
          style={{ left: PADDING.left, right: PADDING.right, top: PADDING.top, bottom: PADDING.bottom }}
          role="slider"
          tabIndex={0}
          aria-label={t("timeline.select")}
          aria-describedby={hint}
          aria-valuemin={0}
          aria-valuemax={Math.max(0, buckets.length - 1)}
          aria-valuenow={Math.max(0, at)}
          aria-valuetext={text(buckets, shown ?? { first: at, last: at })}
          {...handlers}
        >
          {shown && <Selected buckets={buckets} selection={shown} isChosen={selection !== undefined} />}
        </div>
      </div>
      <div className="keyledger-timeline-foot">
        <Legend buckets={buckets} />
        <span className="keyledger-muted">
          {shown ? text(buckets, shown) : isEmpty ? per : `${per} · ${t("timeline.hint")}`}
        </span>
        <span id={hint} hidden>
          {t("timeline.hint.keyboard")}
        </span>
      </div>
    </>
  );
};

interface SelectedProps {
  readonly buckets: readonly Bucket[];
  readonly selection: Selection;
  readonly isChosen: boolean;
}

const Selected = ({ buckets, selection: { first, last }, isChosen }: SelectedProps) => {
  const from = buckets[0]?.start ?? 0;
  const span = (buckets.at(-1)?.end ?? 1) - from;
  const percent = (ms: number | undefined) => `${(((ms ?? from) - from) / span) * 100}%`;
  return (
    <div
      className={`keyledger-selected ${isChosen ? "keyledger-chosen" : ""}`}
      style={{ left: percent(buckets[first]?.start), right: `calc(100% - ${percent(buckets[last]?.end)})` }}
    />
  );
};

const Legend = ({ buckets }: { readonly buckets: readonly Bucket[] }) => {
  const { t, number } = useLanguage();
  const totals = LAYERS.map((layer) => ({
    layer,
    total: buckets.reduce((sum, { counts }) => sum + counts[layer], 0),
  }));
  return (
    <ul className="keyledger-legend" aria-label={t("timeline.legend")}>
      {totals
        .filter(({ total }) => total > 0)
        .map(({ layer, total }) => (
          <li key={layer} data-layer={layer}>
            {t(layer === "failure" ? "timeline.failures" : `kind.${layer}`)} {number(total)}
          </li>
        ))}
    </ul>
  );
};

function isOfHours([first]: readonly Bucket[]): boolean {
  return first !== undefined && first.end - first.start <= 3_600_000;
}

/** "24 Nov 2026, 10:00 – 11:00: 12 entries, 3 failed". */
function useBucketText() {
  const { t, number, span } = useLanguage();
  return (buckets: readonly Bucket[], { first, last }: Selection): string => {
    const selected = buckets.slice(first, last + 1);
    const [start, end] = [selected[0], selected.at(-1)];
    if (!start || !end) {
      return t("timeline.nothing");
    }
    const sum = (of: (bucket: Bucket) => number) => number(selected.reduce((all, bucket) => all + of(bucket), 0));
    const isDays = !isOfHours(selected);
    return t("timeline.bucket", {
      time: span(start.start, end.end - (isDays ? 1 : 0), isDays),
      count: sum(({ total }) => total),
      failed: sum(({ counts }) => counts.failure),
    });
  };
}
