package dev.keyledger.benchmarks.load;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Median, least and greatest of some rounds. */
record Figures(double median, double min, double max) {

    static Figures of(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Figures(median, sorted[0], sorted[sorted.length - 1]);
    }

    static Figures of(List<Sample> samples, ToDoubleFunction<Sample> figure) {
        return of(samples.stream().mapToDouble(figure).toArray());
    }

    /** The latency, in ms, that {@code percent} of all requests of these rounds stayed within. */
    static double latency(List<Sample> samples, int percent) {
        long[] all = samples.stream()
                .flatMapToLong(sample -> Arrays.stream(sample.nanos()))
                .sorted()
                .toArray();
        return all[(int) Math.min(all.length - 1L, (long) all.length * percent / 100)] / 1e6;
    }
}
