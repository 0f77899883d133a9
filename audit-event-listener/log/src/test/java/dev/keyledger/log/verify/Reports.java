package dev.keyledger.log.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.log.bundle.LogSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What the verifier says of a bundle or a folder. */
final class Reports {
    private Reports() {}

    static VerificationReport verify(Path bundle, VerifyOptions options) throws IOException {
        try (LogSource files = LogSource.open(bundle)) {
            return LogVerifier.verify(files, options);
        }
    }

    static void assertTampered(VerificationReport report, String messageStart) {
        assertThat(report.verdict()).as(report.findings().toString()).isEqualTo(Verdict.TAMPERED);
        assertThat(messages(report)).anyMatch(message -> message.startsWith(messageStart));
    }

    static List<String> messages(VerificationReport report) {
        return report.findings().stream().map(Finding::message).toList();
    }
}
