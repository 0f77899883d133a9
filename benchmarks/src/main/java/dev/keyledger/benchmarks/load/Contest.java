package dev.keyledger.benchmarks.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One scenario against another.
 *
 * @param clients how many clients work at a time, on either side
 * @param measure what the ratio is one of
 * @param target what the ratio has to reach
 */
record Contest(String name, Contender ours, Contender other, int clients, Measure measure, double target) {

    /** The ratio of the rates. */
    Contest(String name, Contender ours, Contender other, int clients, double target) {
        this(name, ours, other, clients, Measure.RATE, target);
    }

    /** What one round is judged by; more is better. */
    enum Measure {
        /** Resources per second. */
        RATE {
            @Override
            double of(Sample round) {
                return round.rate();
            }
        },
        /** How many times the latency that 95 of 100 requests stayed within fits into a second. */
        P95 {
            @Override
            double of(Sample round) {
                return 1e3 / Figures.latency(List.of(round), 95);
            }
        };

        abstract double of(Sample round);
    }

    /** A scenario on a server, under the name that it has in the table. */
    record Contender(String name, Side side, Scenario scenario) {}

    /** The rounds of both, pair by pair. */
    record Result(Contest contest, List<Sample> ours, List<Sample> others) {
        /** The measure of each of our rounds over that of its partner. */
        Figures ratio() {
            double[] ratios = new double[ours.size()];
            for (int i = 0; i < ratios.length; i++) {
                ratios[i] =
                        contest.measure().of(ours.get(i)) / contest.measure().of(others.get(i));
            }
            return Figures.of(ratios);
        }

        boolean isMet() {
            return ratio().median() >= contest.target();
        }
    }

    /** Warms both up, then measures; who goes first changes with every pair. */
    Result run(int rounds, Duration length) {
        try (Clients us = new Clients(ours.side(), ours.scenario(), clients);
                Clients them = new Clients(other.side(), other.scenario(), clients)) {
            us.warmUp(length);
            them.warmUp(length);
            List<Sample> mine = new ArrayList<>();
            List<Sample> theirs = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                if (round % 2 == 0) {
                    mine.add(us.round(length));
                    theirs.add(them.round(length));
                } else {
                    theirs.add(them.round(length));
                    mine.add(us.round(length));
                }
            }
            return new Result(this, mine, theirs);
        }
    }
}
