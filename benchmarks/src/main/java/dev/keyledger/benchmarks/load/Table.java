package dev.keyledger.benchmarks.load;

import java.util.List;
import java.util.Locale;

/** The results as a Markdown table, one line for each contest. */
final class Table {
    private Table() {}

    static String head() {
        return """
                | | rate/s | against | rate/s | ratio | wanted | p50, p95 ms | against | CPU ms | against |
                |---|---|---|---|---|---|---|---|---|---|
                """;
    }

    static String line(Contest.Result result) {
        Contest contest = result.contest();
        Figures ratio = result.ratio();
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | **%.2f** [%.2f–%.2f] | %.2f%s | %s | %s | %.2f | %.2f |%n",
                contest.name(),
                rate(result.ours()),
                contest.other().name(),
                rate(result.others()),
                ratio.median(),
                ratio.min(),
                ratio.max(),
                contest.target(),
                result.isMet() ? "" : " missed",
                latency(result.ours()),
                latency(result.others()),
                Figures.of(result.ours(), Sample::cpuMillis).median(),
                Figures.of(result.others(), Sample::cpuMillis).median());
    }

    private static String rate(List<Sample> samples) {
        Figures rate = Figures.of(samples, Sample::rate);
        return String.format(
                Locale.ROOT,
                rate.median() < 20 ? "%.1f [%.1f–%.1f]" : "%.0f [%.0f–%.0f]",
                rate.median(),
                rate.min(),
                rate.max());
    }

    private static String latency(List<Sample> samples) {
        return String.format(Locale.ROOT, "%.1f, %.1f", Figures.latency(samples, 50), Figures.latency(samples, 95));
    }
}
