package dev.keyledger.audit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Each filter finds what it names, whether it is sequenced or still staged. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EntrySearchTest {
    private static final String ADA = "{\"id\":\"id-ada\",\"name\":\"Ada\",\"type\":\"user\"}";
    private static final String BOB = "{\"id\":\"id-bob\",\"name\":\"bob\",\"type\":\"user\"}";
    private static final String BOB_AS_TARGET = "{\"id\":\"id-bob\",\"name\":\"bob\",\"type\":\"USER\"}";
    private static final String HOME = "{\"ip\":\"192.0.2.1\"}";

    private final TestDatabase database = TestDatabase.h2();
    private TestLog log = new TestLog(database, "realm");
    private String adaCreatesBob = "";
    private String bobUpdates = "";
    private String adaDeletes = "";

    @BeforeEach
    void stageThreeEntries() {
        database.clear();
        log = new TestLog(database, "realm");
        adaCreatesBob = log.stage("CREATE", "actor", ADA, "target", BOB_AS_TARGET, "net", HOME);
        bobUpdates = log.stage("UPDATE", "actor", BOB);
        adaDeletes = log.stage("DELETE", "actor", ADA);
    }

    @AfterAll
    void close() throws IOException {
        database.close();
    }

    /** Whoever asks at the very moment in which an entry leaves the stage finds it all the same. */
    @Test
    void findsAnEntryWhileItIsSealed() {
        for (int round = 0; round < 100; round++) {
            String id = log.stage("UPDATE", "actor", BOB);
            CompletableFuture<?> sealing =
                    CompletableFuture.runAsync(() -> log.node().run());
            while (!sealing.isDone()) {
                assertThat(log.search().find(id)).as("round %d", round).isPresent();
            }
            sealing.join();
        }
    }

    @Test
    void comesNewestFirst() {
        assertFound(query(null, null, null, 10), adaDeletes, bobUpdates, adaCreatesBob);
    }

    @Test
    void findsAnActorByNameInAnyCase() {
        assertFound(query(null, "ada", null, 10), adaDeletes, adaCreatesBob);
    }

    @Test
    void findsAnActorById() {
        assertFound(query(null, "id-ada", null, 10), adaDeletes, adaCreatesBob);
    }

    @Test
    void findsATarget() {
        assertFound(query(null, null, "bob", 10), adaCreatesBob);
    }

    @Test
    void findsAPersonInEitherRole() {
        assertFound(query("bob", null, null, 10), bobUpdates, adaCreatesBob);
    }

    @Test
    void findsAPersonOfBeforeTheKeysWereMoved() {
        log.node().run();
        EntrySearch moved = new EntrySearch("realm", database, TestKeys.moved(log.keys()));

        assertThat(moved.sealed(query("bob", null, null, 10)))
                .extracting(FoundEntry::id)
                .containsExactly(bobUpdates, adaCreatesBob);
    }

    @Test
    void findsNobodyByAPartOfAName() {
        assertFound(query("bo", null, null, 10));
    }

    @Test
    void findsByOperationKindAndType() {
        assertFound(words(List.of("admin"), List.of("CREATE", "DELETE"), List.of("USER")), adaDeletes, adaCreatesBob);
    }

    @Test
    void findsOneOfSeveralActors() {
        assertFound(
                EntryQuery.newest(10).with(Reference.ACTOR, "ada", "bob", "nobody"),
                adaDeletes,
                bobUpdates,
                adaCreatesBob);
    }

    @Test
    void findsWhatTwoFiltersHaveInCommon() {
        assertFound(EntryQuery.newest(10).with(Reference.ACTOR, "ada").with(Reference.TARGET, "bob"), adaCreatesBob);
        assertFound(
                EntryQuery.newest(10).with(Reference.ACTOR, "ada").ofWords(List.of(), List.of("UPDATE"), List.of()));
    }

    @Test
    void findsByAddressClientAndRequest() {
        String request = log.stage(
                "LOGIN",
                "actor",
                "{\"client\":\"portal\",\"type\":\"anonymous\"}",
                "net",
                "{\"ip\":\"192.0.2.7\",\"requestId\":\"r-1\",\"traceId\":\"t-1\"}");
        String traced = log.stage("LOGIN", "net", "{\"traceId\":\"t-2\"}");

        assertFound(EntryQuery.newest(10).with(Reference.IP, "192.0.2.7"), request);
        assertFound(EntryQuery.newest(10).with(Reference.CLIENT, "portal"), request);
        assertFound(EntryQuery.newest(10).with(Reference.REQUEST, "r-1"), request);
        assertFound(EntryQuery.newest(10).with(Reference.REQUEST, "t-2"), traced);
    }

    @Test
    void findsWhatIsAboutAnIdWhateverItIsCalled() {
        assertFound(EntryQuery.newest(10).with(Reference.RESOURCE, "id-bob"), adaCreatesBob);
        assertFound(EntryQuery.newest(10).with(Reference.RESOURCE, "bob"));
    }

    @Test
    void findsNothingOfAnotherKind() {
        assertFound(words(List.of("scim"), List.of(), List.of()));
    }

    @Test
    void findsNothingOfAnotherType() {
        assertFound(words(List.of(), List.of(), List.of("GROUP")));
    }

    @Test
    void findsByTime() {
        long first = 1_767_225_601_000L;
        assertFound(EntryQuery.newest(10).withSuccess(true).between(first, first + 1_000), adaCreatesBob);
    }

    @Test
    void pagesWithoutSkippingAnEntryThatArrivesInBetween() {
        log.node().run();
        EntrySearch.Page page = log.search().page(EntryQuery.newest(2));
        List<FoundEntry> first = page.entries();
        log.stage("CREATE", "actor", ADA);
        log.node().run();

        List<FoundEntry> second = log.search().sealed(EntryQuery.newest(2).behind(page.next(), 2));

        assertThat(first).extracting(FoundEntry::id).containsExactly(adaDeletes, bobUpdates);
        assertThat(second).extracting(FoundEntry::id).containsExactly(adaCreatesBob);
    }

    @Test
    void findsOneEntryByIdAndByIndex() {
        assertThat(log.search().find(bobUpdates))
                .get()
                .extracting(FoundEntry::index)
                .isNull();
        log.node().run();

        assertThat(log.search().find(bobUpdates))
                .get()
                .extracting(FoundEntry::index)
                .isEqualTo(1L);
        assertThat(log.search().find("1")).get().extracting(FoundEntry::id).isEqualTo(bobUpdates);
        assertThat(log.search().find("3")).isEmpty();
        assertThat(log.search().find("no such id")).isEmpty();
    }

    @Test
    void findsNothingOfAnotherLog() {
        log.node().run();
        EntrySearch other = new EntrySearch("other", database, log.keys());

        assertThat(other.find(bobUpdates)).isEmpty();
        assertThat(other.sealed(query(null, null, null, 10))).isEmpty();
    }

    @Test
    void showsAnEntryOnceThatIsSequencedBetweenTheTwoHalvesOfASearch() {
        List<FoundEntry> staged = log.search().staged(query(null, null, null, 10));
        log.node().run();
        List<FoundEntry> sealed = log.search().sealed(query(null, null, null, 10));

        assertThat(FoundEntry.once(staged, sealed))
                .extracting(FoundEntry::id)
                .containsExactly(adaDeletes, bobUpdates, adaCreatesBob);
    }

    private void assertFound(EntryQuery query, String... ids) {
        if (log.status().staged() > 0) {
            assertThat(log.search().staged(query)).extracting(FoundEntry::id).containsExactly(ids);
            log.node().run();
        }
        assertThat(log.search().staged(query)).isEmpty();
        assertThat(log.search().sealed(query)).extracting(FoundEntry::id).containsExactly(ids);
    }

    private static EntryQuery query(@Nullable String user, @Nullable String actor, @Nullable String target, int max) {
        EntryQuery query = EntryQuery.newest(max);
        query = user == null ? query : query.with(Reference.USER, user);
        query = actor == null ? query : query.with(Reference.ACTOR, actor);
        return target == null ? query : query.with(Reference.TARGET, target);
    }

    private static EntryQuery words(List<String> kinds, List<String> operations, List<String> types) {
        return EntryQuery.newest(10).ofWords(kinds, operations, types);
    }
}
