package dev.keyledger.audit.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyledger.audit.storage.SinkEntity;
import dev.keyledger.audit.storage.SinkStatus;
import dev.keyledger.audit.storage.Sinks;
import dev.keyledger.audit.storage.TestDatabase;
import dev.keyledger.audit.storage.TestLog;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CourierTest {
    private static final String LOG_ID = "realm-a";
    private static final Duration ALARM = Duration.ofMinutes(15);

    private final TestDatabase database = TestDatabase.h2();
    private final TestLog log = new TestLog(database, LOG_ID);
    private final Sinks sinks = new Sinks(database);
    private final Receiver receiver = new Receiver();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @BeforeEach
    void declare() {
        sinks.declare(Set.of("syslog"), now.toEpochMilli());
    }

    @AfterEach
    void close() throws IOException {
        database.close();
    }

    @Test
    void tellsEveryEntryInOrderAndThenTheCheckpoint() {
        seal(5);

        assertThat(courier().deliver("syslog").orElseThrow().sent()).isEqualTo(6);

        assertThat(receiver.indices()).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(receiver.took.get(5)).isInstanceOf(Told.OfCheckpoint.class);
        assertThat(sinks.due(now.toEpochMilli())).isEmpty();
        assertThat(status().behind()).isZero();
    }

    @Test
    void tellsWhatIsSignedAndNothingElse() {
        log.stage("CREATE", "target", "{\"id\":\"alice-id\"}");

        assertThat(sinks.due(now.toEpochMilli())).isEmpty();
    }

    @Test
    void tellsMoreThanATurnHoldsInSeveralTurns() {
        seal(450);

        Courier courier = courier();
        while (courier.deliver("syslog").orElseThrow().more()) {
            assertThat(receiver.indices()).isNotEmpty();
        }

        assertThat(receiver.indices())
                .containsExactlyElementsOf(LongStream.range(0, 450).boxed().toList());
    }

    @Test
    void aReceiverThatIsDownForAnHourLosesNothingAndIsAnAlarm() {
        seal(3);
        courier().deliver("syslog");
        receiver.down = true;
        SinkAlarms alarms = new SinkAlarms(ALARM, () -> now);
        int attempts = 0;
        Instant back = now.plus(Duration.ofHours(1));
        while (now.isBefore(back)) {
            seal(1);
            attempts += courier().deliver("syslog").isPresent() ? 1 : 0;
            now = now.plusSeconds(10);
        }

        assertThat(attempts).as("attempts in an hour").isBetween(12, 40);
        assertThat(status().failingSeconds(now.toEpochMilli())).isBetween(3_590L, 3_600L);
        assertThat(status().behind()).isEqualTo(360);
        assertThat(status().lastError()).isEqualTo("is down");
        assertThat(alarms.raise(sinks.all())).containsExactly("syslog");
        assertThat(log.status().signedSize()).as("sealing goes on").isEqualTo(363);

        receiver.down = false;
        now = now.plus(Duration.ofMinutes(5));
        Courier courier = courier();
        while (courier.deliver("syslog").orElseThrow().more()) {
            assertThat(receiver.indices()).isNotEmpty();
        }
        assertThat(receiver.indices())
                .containsExactlyElementsOf(LongStream.range(0, 363).boxed().toList());
        assertThat(alarms.raise(sinks.all())).isEmpty();
    }

    @Test
    void aCrashBehindTheSendingTellsTheSameAgain() {
        seal(3);
        receiver.crashes = true;

        assertThatThrownBy(() -> courier().deliver("syslog")).hasMessage("crash");
        receiver.crashes = false;
        courier().deliver("syslog");

        assertThat(receiver.indices()).containsExactly(0L, 1L, 2L, 0L, 1L, 2L);
    }

    @Test
    void aSinkThatTookAPartIsToldTheRest() {
        seal(5);
        receiver.limit = 2;
        courier().deliver("syslog");
        receiver.limit = Integer.MAX_VALUE;
        now = now.plusSeconds(2);
        courier().deliver("syslog");

        assertThat(receiver.indices()).containsExactly(0L, 1L, 2L, 3L, 4L);
    }

    @Test
    void whileOneNodeTellsItNoOtherDoes() {
        seal(2);
        receiver.meanwhile = () -> assertThat(courier().deliver("syslog")).isEmpty();

        assertThat(courier().deliver("syslog")).isPresent();

        assertThat(receiver.indices()).containsExactly(0L, 1L);
    }

    @Test
    void whatASinkHasNotBeenToldMustBeKept() {
        seal(4);
        assertThat(sinks.undelivered(LOG_ID)).hasValue(0);
        receiver.limit = 3;
        courier().deliver("syslog");

        assertThat(sinks.undelivered(LOG_ID)).hasValue(3);
        sinks.declare(Set.of(), now.toEpochMilli());
        assertThat(sinks.undelivered(LOG_ID)).as("no sink any more").isEmpty();
        sinks.declare(Set.of("syslog"), now.toEpochMilli());
        assertThat(sinks.undelivered(LOG_ID)).as("one that is named again").hasValue(3);
    }

    @Test
    void aLostRowIsPassedOver() {
        seal(4);
        database.tamper("delete from AUDIT_ENTRY where LOG_INDEX = 1");

        courier().deliver("syslog");

        assertThat(receiver.indices()).containsExactly(0L, 2L, 3L);
        assertThat(status().behind()).isZero();
    }

    @Test
    void anAlteredLeafIsToldAsSuch() {
        seal(2);
        database.tamper("update AUDIT_ENTRY set LEAF = 'nothing' where LOG_INDEX = 1");

        courier().deliver("syslog");

        assertThat(receiver.took.get(1)).isInstanceOf(Told.Unreadable.class);
    }

    private void seal(int entries) {
        for (int i = 0; i < entries; i++) {
            log.stage("CREATE", "target", "{\"id\":\"alice-id\",\"name\":\"alice\",\"type\":\"USER\"}");
        }
        log.node().run();
    }

    private SinkStatus status() {
        return sinks.all().get(0);
    }

    private Courier courier() {
        return new Courier(database, log::keys, () -> now, new Backoff(new Random(1)), row -> {
            assertThat(row).isInstanceOf(SinkEntity.class);
            return receiver;
        });
    }

    /** Somebody outside, in memory. */
    private static final class Receiver implements Sink {
        private final List<Told> took = new ArrayList<>();
        private boolean down;
        private boolean crashes;
        private int limit = Integer.MAX_VALUE;
        private Runnable meanwhile = () -> {};

        @Override
        public boolean wants(Told told) {
            return true;
        }

        @Override
        public Delivery send(List<Told> told) {
            meanwhile.run();
            if (down) {
                return Delivery.failed("is down");
            }
            List<Told> first = told.subList(0, Math.min(limit, told.size()));
            took.addAll(first);
            if (crashes) {
                throw new UnsupportedOperationException("crash");
            }
            return first.size() == told.size()
                    ? Delivery.all(told.size())
                    : new Delivery(first.size(), "takes no more", List.of());
        }

        private List<Long> indices() {
            return took.stream().map(Told::index).filter(index -> index != null).toList();
        }
    }
}
