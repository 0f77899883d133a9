import { Chart, ChartAxis, ChartBar, ChartStack } from "@patternfly/react-charts";
import { useLanguage } from "../i18n";
import { type Bucket, LAYERS, type Layer } from "./buckets";
import { PADDING } from "./useBrush";

const HEIGHT = 150;
const YEAR = 365 * 86_400_000;

/** As in the legend; failures stand out. */
export const COLORS: Readonly<Record<Layer, string>> = {
  admin: "var(--pf-v5-chart-color-blue-300, #06c)",
  user: "var(--pf-v5-chart-color-blue-100, #8bc1f7)",
  scim: "var(--pf-v5-chart-color-cyan-300, #009596)",
  system: "var(--pf-v5-chart-color-black-400, #b8bbbe)",
  failure: "var(--pf-v5-global--danger-color--100, #c9190b)",
};

const TEXT = { fill: "var(--pf-v5-global--Color--200)", fontSize: 12, padding: 4 };
const LINE = "var(--pf-v5-global--BorderColor--100)";

interface TimelineChartProps {
  readonly buckets: readonly Bucket[];
  /** Pixels. */
  readonly width: number;
}

/** The bars. A chunk of its own, because PatternFly's charts are as large as the rest of the page. */
const TimelineChart = ({ buckets, width }: TimelineChartProps) => {
  const { number, date, day, hour } = useLanguage();
  const first = buckets[0]?.start ?? 0;
  const last = buckets.at(-1)?.end ?? 1;
  const isHourly = (buckets[0]?.end ?? 0) - first <= 3_600_000;
  const isOneDay = last - first <= 36 * 3_600_000;
  const label = isHourly && isOneDay ? hour : last - first < YEAR ? day : date;
  const most = Math.max(4, ...buckets.map(({ total }) => total));
  const room = (width - PADDING.left - PADDING.right) / Math.max(1, buckets.length);
  const layers = LAYERS.filter((layer) => buckets.some(({ counts }) => counts[layer] > 0));
  return (
    <Chart
      height={HEIGHT}
      width={width}
      padding={PADDING}
      domain={{ x: [first, last], y: [0, most] }}
      scale={{ x: "time", y: "linear" }}
    >
      <ChartAxis
        tickCount={Math.max(2, Math.floor(width / 120))}
        tickFormat={(ms: number) => label(ms)}
        fixLabelOverlap
        style={{ tickLabels: TEXT, axis: { stroke: LINE }, ticks: { stroke: LINE } }}
      />
      <ChartAxis
        dependentAxis
        showGrid
        tickCount={3}
        tickFormat={(count: number) => (Number.isInteger(count) ? number(count) : "")}
        style={{ tickLabels: TEXT, axis: { stroke: "none" }, ticks: { stroke: "none" }, grid: { stroke: LINE } }}
      />
      <ChartStack>
        {layers.map((layer) => (
          <ChartBar
            key={layer}
            barWidth={Math.max(1, room * 0.8)}
            data={buckets.map(({ start, end, counts }) => ({ x: (start + end) / 2, y: counts[layer] }))}
            style={{ data: { fill: COLORS[layer] } }}
          />
        ))}
      </ChartStack>
    </Chart>
  );
};

export default TimelineChart;
