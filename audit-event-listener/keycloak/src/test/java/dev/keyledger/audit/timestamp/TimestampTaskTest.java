package dev.keyledger.audit.timestamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.keyledger.audit.runtime.Errand;
import dev.keyledger.audit.storage.JpaTileSource;
import dev.keyledger.audit.storage.TestDatabase;
import dev.keyledger.audit.storage.TestLog;
import dev.keyledger.audit.storage.Timestamps;
import dev.keyledger.audit.timestamp.LocalAuthority.Fault;
import dev.keyledger.log.VerificationException;
import dev.keyledger.log.bundle.BundleRequest;
import dev.keyledger.log.bundle.BundleWriter;
import dev.keyledger.log.bundle.LogKey;
import dev.keyledger.log.bundle.StampedCheckpoint;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.cli.Main;
import dev.keyledger.log.timestamp.TimestampToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A log in a database, a time stamp authority made with BouncyCastle, and an auditor who has the JDK and nothing else. */
class TimestampTaskTest {
    private final TestDatabase database = TestDatabase.h2();
    private final String logId = UUID.randomUUID().toString();
    private final TestLog log = new TestLog(database, logId);
    private Instant now = Instant.now();
    private final InstantSource clock = () -> now;

    private final Errand errand = new Errand(clock, Duration.ofHours(1));

    @TempDir
    Path folder = Path.of("");

    @AfterEach
    void close() throws IOException {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void aBundleBringsTheNewestStampAndTheVerifierChecksIt(String key) throws Exception {
        try (LocalAuthority authority = new LocalAuthority(key)) {
            grow(3);
            task(authority).round();
            SignedCheckpoint newest = grow(4);
            StampedCheckpoint stamped = stamped(newest);

            assertThat(stamped.checkpoint().checkpoint().head().size()).isEqualTo(3);
            TimestampToken token = TimestampToken.parse(Base64.getDecoder().decode(stamped.response()));
            assertThat(token.time()).isCloseTo(Instant.now(), within(30, ChronoUnit.SECONDS));
            assertThat(verify(newest, stamped))
                    .contains("size 3 existed at " + token.time() + ", says \"CN=Local time\"")
                    .contains("VERIFIED");
        }
    }

    @Test
    void everyBitOfTheStampCounts() throws Exception {
        try (LocalAuthority authority = new LocalAuthority("RSA")) {
            SignedCheckpoint newest = grow(3);
            task(authority).round();
            byte[] text = newest.note().textBytes();
            byte[] response = Base64.getDecoder().decode(stamped(newest).response());
            String signer = TimestampToken.parse(response).verify(text);

            assertThat(signer).isEqualTo("CN=Local time");
            assertThatThrownBy(() -> TimestampToken.parse(response).verify(Arrays.copyOf(text, text.length - 1)))
                    .isInstanceOf(VerificationException.class)
                    .hasMessage("the time stamp is of something else");
            for (int end = 0; end < response.length; end += 97) {
                byte[] cut = Arrays.copyOf(response, end);
                assertThatThrownBy(() -> TimestampToken.parse(cut).verify(text)).isInstanceOf(Exception.class);
            }
            int changedTime = indexOf(response, TimestampToken.parse(response));
            byte[] forged = response.clone();
            forged[changedTime] ^= 1;
            assertThatThrownBy(() -> TimestampToken.parse(forged).verify(text))
                    .isInstanceOf(VerificationException.class);
            assertThat(verify(
                            newest,
                            new StampedCheckpoint(newest, Base64.getEncoder().encodeToString(forged))))
                    .contains("TAMPERED");
        }
    }

    @Test
    void stampsWhatHasGrownOnceInAnInterval() throws Exception {
        try (LocalAuthority authority = new LocalAuthority("EC")) {
            TimestampTask task = task(authority);
            grow(3);
            task.round();
            task.round();
            SignedCheckpoint second = grow(2);
            task.round();
            assertThat(sizeStamped(second)).isEqualTo(3);
            now = now.plus(1, ChronoUnit.HOURS).plusSeconds(30);
            task.round();
            assertThat(sizeStamped(second)).isEqualTo(5);
            assertThat(database.count("TimestampEntity")).isEqualTo(2);
        }
    }

    @Test
    void asksTheNextAuthorityAndKeepsNothingThatIsNotWhatItAskedFor() throws Exception {
        try (LocalAuthority down = new LocalAuthority("EC");
                LocalAuthority confused = new LocalAuthority("EC");
                LocalAuthority good = new LocalAuthority("EC")) {
            down.setFault(Fault.DOWN);
            confused.setFault(Fault.CONFUSED);
            SignedCheckpoint newest = grow(3);
            task(down).round();
            assertThat(errand.error().orElseThrow()).contains("503");
            task(confused).round();
            assertThat(errand.error().orElseThrow()).contains("imprint");
            confused.setFault(Fault.BABBLES);
            task(confused).round();
            assertThat(errand.error().orElseThrow()).doesNotContain("imprint");
            assertThat(errand.failures()).isEqualTo(3);
            assertThat(errand.isAlarming()).isFalse();
            now = now.plus(1, ChronoUnit.HOURS);
            assertThat(errand.isAlarming()).isTrue();
            assertThat(errand.failingSeconds()).isEqualTo(3_600);
            assertThat(errand.waiting().entries()).isEqualTo(3);
            assertThat(new Timestamps(database).newest(logId, 3)).isEmpty();
            TimestampTask all = task(down, confused, good);
            all.round();
            assertThat(sizeStamped(newest)).isEqualTo(3);
            assertThat(errand.error()).isEmpty();
            assertThat(errand.waiting()).isEqualTo(Errand.Waiting.NOTHING);
        }
    }

    private TimestampTask task(LocalAuthority... authorities) {
        List<URI> addresses =
                Stream.of(authorities).map(LocalAuthority::address).toList();
        return new TimestampTask(
                new TimestampSettings(addresses, Duration.ofHours(1)), database, clock, new SecureRandom(), errand);
    }

    private SignedCheckpoint grow(int entries) {
        for (int i = 0; i < entries; i++) {
            log.stage("CREATE");
        }
        return log.node().run().orElseThrow();
    }

    private StampedCheckpoint stamped(SignedCheckpoint under) {
        return new Timestamps(database)
                .newest(logId, under.checkpoint().head().size())
                .orElseThrow();
    }

    private long sizeStamped(SignedCheckpoint under) {
        return stamped(under).checkpoint().checkpoint().head().size();
    }

    private String verify(SignedCheckpoint newest, StampedCheckpoint stamped) throws IOException {
        Path zip = folder.resolve("bundle.zip");
        try (OutputStream out = Files.newOutputStream(zip)) {
            BundleWriter.write(
                    BundleRequest.complete(
                                    newest,
                                    new JpaTileSource(logId, database),
                                    log.privateParts(),
                                    List.of(LogKey.first(log.verifierKey())))
                            .stamped(stamped),
                    out);
        }
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        Main.run(List.of("verify", zip.toString()), out, out);
        return printed.toString(StandardCharsets.UTF_8);
    }

    /** Where the year's last digit stands in the signed time. */
    private static int indexOf(byte[] response, TimestampToken token) {
        String time = token.time().toString().replaceAll("[-T:]", "").substring(0, 14);
        return new String(response, StandardCharsets.ISO_8859_1).indexOf(time) + 3;
    }
}
