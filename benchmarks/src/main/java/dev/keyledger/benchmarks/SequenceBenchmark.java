package dev.keyledger.benchmarks;

import dev.keyledger.log.sequence.LogHead;
import dev.keyledger.log.sequence.SequencedBatch;
import dev.keyledger.log.sequence.Sequencer;
import dev.keyledger.log.sequence.StagedEntry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Hashing and indexing a full batch of staged entries of 325 bytes: the part of sealing that is not the database. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class SequenceBenchmark {

    private static final int BATCH = 4_096;
    private static final String LEAF = "x".repeat(319);

    private final LogHead head = LogHead.empty("benchmark.example/log");
    private final List<StagedEntry<Integer>> staged = IntStream.range(0, BATCH)
            .mapToObj(i -> new StagedEntry<>(
                    Integer.toString(i), String.format("%06d%s", i, LEAF).getBytes(StandardCharsets.US_ASCII), i))
            .toList();

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public SequencedBatch<Integer> entries() {
        return Sequencer.sequence(head, staged);
    }
}
