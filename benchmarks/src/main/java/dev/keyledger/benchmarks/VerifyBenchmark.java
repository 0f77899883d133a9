package dev.keyledger.benchmarks;

import dev.keyledger.log.VerificationException;
import dev.keyledger.log.bundle.LogSource;
import dev.keyledger.log.note.VerifierKey;
import dev.keyledger.log.verify.LargeLog;
import dev.keyledger.log.verify.LogVerifier;
import dev.keyledger.log.verify.Verdict;
import dev.keyledger.log.verify.VerificationReport;
import dev.keyledger.log.verify.VerifyOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The offline verification of a million entries, from a bundle and from a folder of tiles, in a small heap. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(
        value = 1,
        jvmArgs = {"-Xmx64m", "-XX:+UseSerialGC"})
public class VerifyBenchmark {
    private static final int ENTRIES = 1_000_000;

    @Param({"bundle", "folder"})
    public String source = "";

    private Path folder = Path.of("");
    private Path written = Path.of("");
    private VerifyOptions options = VerifyOptions.none();

    @Setup
    public void write() throws IOException, VerificationException {
        LargeLog log = new LargeLog(ENTRIES);
        folder = Files.createTempDirectory("keyledger-verify");
        written = source.equals("bundle") ? log.bundle(folder.resolve("bundle.zip")) : log.folder(folder);
        options = new VerifyOptions(List.of(VerifierKey.parse(log.vkey())), null, null);
    }

    @TearDown
    public void remove() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public VerificationReport entries() throws IOException {
        try (LogSource files = LogSource.open(written)) {
            VerificationReport report = LogVerifier.verify(files, options);
            if (report.verdict() != Verdict.VERIFIED || report.entries() != ENTRIES) {
                throw new IllegalStateException(report.summary());
            }
            return report;
        }
    }
}
