package dev.keyledger.audit.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.audit.storage.SinkEntity;
import dev.keyledger.audit.storage.SinkStatus;
import dev.keyledger.audit.storage.Sinks;
import dev.keyledger.audit.storage.TestDatabase;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The webhooks of a realm go when the realm has gone, and not before they have been told its end. */
class EndedRealmsTest {
    private static final Duration SETTLED = Duration.ofSeconds(8);

    private final TestDatabase database = TestDatabase.h2();
    private final Sinks sinks = new Sinks(database);
    private final Set<String> realms = new HashSet<>(Set.of("acme", "other"));
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final EndedRealms ended = new EndedRealms(sinks, realms::contains, () -> now, SETTLED);

    @BeforeEach
    void add() {
        sinks.declare(Set.of("syslog"), now.toEpochMilli());
        database.run(em -> {
            for (String realm : List.of("acme", "other")) {
                SinkEntity row = new SinkEntity();
                row.sinkId = "hook-of-" + realm;
                row.realmId = realm;
                row.name = "hook";
                row.kind = "webhook";
                Sinks.add(em, row);
            }
            return em;
        });
    }

    @AfterEach
    void close() throws IOException {
        database.close();
    }

    @Test
    void goWithTheirRealmOnceWhatWasStagedIsSigned() {
        assertThat(ended.look(sinks.all())).isZero();
        realms.remove("acme");

        assertThat(ended.look(sinks.all()))
                .as("its last entries may still be staged")
                .isZero();
        now = now.plus(SETTLED);
        assertThat(ended.look(sinks.all())).isEqualTo(1);
        sinks.clean();

        assertThat(names()).containsExactly("hook-of-other", "syslog");
        assertThat(database.count("SinkStateEntity")).isEqualTo(2);
        assertThat(ended.look(sinks.all())).isZero();
    }

    @Test
    void stayWhileTheyHaveNotBeenToldTheEndUnlessTheyTakeNothingForADay() {
        realms.remove("acme");
        ended.look(List.of(behind(null)));
        now = now.plus(Duration.ofHours(23));
        long failing = now.minus(Duration.ofHours(23)).toEpochMilli();
        assertThat(ended.look(List.of(behind(failing)))).isZero();

        now = now.plus(Duration.ofHours(1));
        assertThat(ended.look(List.of(behind(failing)))).isEqualTo(1);
        assertThat(names()).doesNotContain("hook-of-acme");
    }

    private static SinkStatus behind(@Nullable Long failingSince) {
        return new SinkStatus(
                "hook-of-acme", "acme", "hook", "webhook", Sinks.ACTIVE, 3, failingSince, 0, null, "is down", 1, null);
    }

    private List<String> names() {
        return sinks.all().stream().map(SinkStatus::sinkId).sorted().toList();
    }
}
