package dev.keyledger.audit.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyledger.audit.storage.EntryQuery;
import dev.keyledger.audit.storage.Reference;
import dev.keyledger.audit.storage.StoredRows;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A person goes out of a log, and the log stays whole. */
class SubjectErasureTest extends LogOfZoe {
    @Test
    void erasesHerSlotsAndWhatTellsOfHerElsewhereAndNothingElse() {
        SubjectErasure.Done done = erase();
        log.node().run();

        assertThat(done.entries()).isEqualTo(5);
        assertThat(states())
                .containsExactly(
                        "0 {actor=erased 6, target=erased 6, net=erased 6}",
                        "1 {actor=open, target=erased 6, change=erased 6, net=open}",
                        "2 {actor=open, target=open, change=erased 6}",
                        "3 {actor=erased 6, change=erased 6, net=erased 6}",
                        "4 {actor=open, target=open, change=open}",
                        "5 {actor=erased 6, net=erased 6}",
                        "6 {change=open}");
        assertThat(found("zoe")).containsExactly(4L, 2L);
        assertThat(found("zoe.married")).isEmpty();
        assertThat(found(ID)).isEmpty();
        assertThat(privacy.subjects().find("zoe.married", List.of())).isEmpty();
        assertThat(log.search().sealed(EntryQuery.newest(9).with(Reference.IP, "192.0.2.7")))
                .isEmpty();
    }

    @Test
    void leavesTheTreeAndTheStoredRowsAsTheyHaveToBe() {
        erase();
        SignedCheckpoint newest = log.node().run().orElseThrow();
        StoredRows rows = new StoredRows("realm", database, log.keys());

        assertThat(rows.columns(0, 7)).isEmpty();
        assertThat(rows.counts()).isEmpty();
        assertThat(rows.checkpoints(newest.checkpoint().origin(), 7)).isEmpty();
        assertThat(checkpoint).isNotNull();
    }

    @Test
    void holdsBackNothingUntilTheErasureHasAnIndex() {
        erase();

        assertThat(states()).contains("0 {actor=sealed, target=sealed, net=sealed}");
    }

    @Test
    void countsAsMissingWhatNoErasureLists() {
        erase();
        log.node().run();
        database.tamper("update AUDIT_PRIVATE set SUBJECT_REF = '-', DATA = (select q.DATA from AUDIT_PRIVATE q"
                + " where q.LOG_INDEX = 0 and q.SLOT = 'net') where LOG_INDEX = 4 and SLOT = 'actor'");

        assertThat(states()).contains("4 {target=open, change=open}");
    }

    @Test
    void countsAsMissingEverythingWhenTheListIsGone() {
        erase();
        log.node().run();
        database.tamper("delete from AUDIT_PRIVATE where LOG_INDEX = 6 and SLOT = 'change'");

        assertThat(states()).contains("1 {actor=open, net=open}").noneMatch(state -> state.contains("erased"));
    }

    @Test
    void erasesWhereSomebodyHasPutARowBesideThatOfItsSlots() {
        assertThat(database.tamper("insert into AUDIT_PRIVATE (LOG_ID, LOG_INDEX, SLOT, SUBJECT_REF, DATA)"
                        + " select LOG_ID, LOG_INDEX, 'net', SUBJECT_REF, 'x' from AUDIT_PRIVATE where LOG_INDEX = 0"
                        + " and SLOT = 'atn'"))
                .isOne();

        erase();
        log.node().run();

        assertThat(states()).contains("0 {actor=erased 6, target=erased 6, net=erased 6}");
    }

    @Test
    void isTheSameWhenItIsAskedForAgain() {
        String reference = privacy.subjects().find(ID, List.of()).get(0).reference();
        SubjectErasure.Done first = erase();
        log.node().run();

        assertThat(erase()).isEqualTo(first);
        assertThat(privacy.erasure().before(reference)).contains(first);
        assertThat(log.status().size()).isEqualTo(7);
        assertThat(privacy.subjects().find(ID, List.of())).singleElement().satisfies(subject -> {
            assertThat(subject.state()).isEqualTo(Subject.State.ERASED);
            assertThat(subject.userId()).isNull();
            assertThat(subject.names()).isEmpty();
        });
    }

    @Test
    void erasesWhatCameLaterWhenItIsAskedForAgain() {
        SubjectErasure.Done first = erase();
        log.stage("LOGIN", "actor", MARRIED, "net", NET);

        SubjectErasure.Done second = erase();

        assertThat(second.entryId()).isNotEqualTo(first.entryId());
        assertThat(second.entries()).isEqualTo(1);
    }

    @Test
    void refusesAReasonThatNamesHer() {
        for (String reason : List.of("as zoe.married asked", "ticket of zoe@example.com", "user " + ID)) {
            assertThatThrownBy(() -> privacy.erasure().erase(ID, reason, null, this::entry))
                    .as(reason)
                    .isInstanceOf(RefusedException.class)
                    .extracting(e -> ((RefusedException) e).why())
                    .isEqualTo(RefusedException.Why.NAMES_PERSON);
        }
        assertThat(log.status().staged()).isEqualTo(1);
    }

    @Test
    void knowsNobodyWhomTheLogNeverSaw() {
        assertThatThrownBy(() -> privacy.erasure().erase("99aa2c1e-eve", "ticket 7", null, this::entry))
                .isInstanceOf(RefusedException.class)
                .extracting(e -> ((RefusedException) e).why())
                .isEqualTo(RefusedException.Why.UNKNOWN);
    }

    @Test
    void erasesThousandsOfEntriesThatStandAmongOthers() {
        database.run(em -> {
            for (int i = 0; i < 2_400; i++) {
                em.persist(log.row("LOGIN", "actor", i % 6 == 0 ? BOB : ZOE));
            }
            return em;
        });
        log.node().run();

        SubjectErasure.Done done = erase();
        log.node().run();

        assertThat(done.entries()).isEqualTo(2_005);
        assertThat(found(ID)).isEmpty();
        long size = log.status().size();
        Map<String, Integer> states = new TreeMap<>();
        for (long from = 6; from < 2_406; from += 500) {
            log.privateParts()
                    .read(from, Math.min(2_406, from + 500))
                    .forEach(
                            entry -> states.merge(states(entry).toString().replaceAll("[0-9]+", "n"), 1, Integer::sum));
        }
        assertThat(states).isEqualTo(Map.of("{actor=erased n}", 2_000, "{actor=open}", 400));
        assertThat(new StoredRows("realm", database, log.keys()).columns(0, size))
                .isEmpty();
    }

    @Test
    void doesNotTakeTheLogItselfForAPerson() {
        assertThatThrownBy(() -> privacy.erasure().erase("", "ticket 7", null, this::entry))
                .isInstanceOf(RefusedException.class);
        assertThat(privacy.subjects().id(log.keys().newReference("realm", ""))).isEmpty();
    }

    @Test
    void erasesHerFullNameWhereOthersAreNamedAndHerIdInTheNameOfAnAttribute() {
        log.stage(
                "UPDATE",
                "actor",
                BOB,
                "target",
                ZOE_TARGET,
                "change",
                "{\"before\":null,\"after\":{\"firstName\":\"Zoë\",\"lastName\":\"Lind\"}}");
        for (String told : List.of(
                "\"manager.displayName\":\"Zoë Lind\"",
                "\"members[4].display\":\"Lind, Zoë\"",
                "\"seats[" + ID + "].row\":3",
                "\"links[zoe@example.com].provider\":\"github\"",
                // one of her names alone, and hers where things are named
                "\"manager.displayName\":\"Zoë\"",
                "\"displayName\":\"Zoë Lind\"")) {
            log.stage("UPDATE", "actor", BOB, "target", GROUP, "change", "{\"before\":null,\"after\":{" + told + "}}");
        }

        erase();
        log.node().run();

        assertThat(states().subList(7, 13))
                .extracting(state -> state.replaceAll(".*change=", ""))
                .containsExactly("erased 13}", "erased 13}", "erased 13}", "erased 13}", "open}", "open}");
    }

    @Test
    void keepsAnotherPersonWhoHasHerNameNow() {
        log.stage("LOGIN", "actor", "{\"id\":\"88aa2c1e-new\",\"name\":\"zoe\",\"type\":\"user\"}");

        erase();
        log.node().run();

        assertThat(states()).contains("6 {actor=open}");
    }
}
