package dev.keyledger.log.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.keyledger.log.verify.SampleLog;
import java.io.IOException;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BundleWriterTest {
    private final SampleLog log = new SampleLog(3_000);

    @ParameterizedTest
    @CsvSource({"0, 3000", "100, 2900", "600, 1100", "2990, 3000"})
    void knowsAboutHowLargeABundleWillBe(long from, long to) throws IOException {
        BundleRequest request = log.request().range(from, to);

        assertThat(BundleWriter.about(request)).isCloseTo(SampleLog.write(request).length, withinPercentage(25));
    }

    @ParameterizedTest
    @CsvSource({"3", "50"})
    void knowsItOfEntriesThatSomebodyHasPickedOut(int every) throws IOException {
        TreeSet<Long> indices = new TreeSet<>();
        for (long index = 0; index < 3_000; index += every) {
            indices.add(index);
        }
        BundleRequest request = log.request().selected(Selection.of(indices, Map.of()));

        assertThat(BundleWriter.about(request)).isCloseTo(SampleLog.write(request).length, withinPercentage(25));
    }

    @ParameterizedTest
    @CsvSource({"1024", "2816"})
    void knowsItOfWhatIsLeftOfAPrunedLog(long minIndex) throws IOException {
        BundleRequest request = log.request().sinceIndex(minIndex);

        assertThat(BundleWriter.about(request)).isCloseTo(SampleLog.write(request).length, withinPercentage(25));
    }
}
