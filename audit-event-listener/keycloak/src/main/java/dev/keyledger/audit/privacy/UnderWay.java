package dev.keyledger.audit.privacy;

import dev.keyledger.audit.key.KeyException;
import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.audit.storage.ErasingEntity;
import dev.keyledger.audit.storage.Transactions;
import dev.keyledger.log.FormatException;
import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonArray;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonReader;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One run of an erasure, and the row that is there as long as the erasure is. Whoever is at it touches the row, now and
 * then and in every transaction that erases; when nobody has for two minutes, another run goes on. The one that was late
 * finds the row another's and ends: no two erase at the same time.
 */
final class UnderWay {
    /** For so long a run may be silent before another one takes its place. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What is older is not gone on with: somebody may have put back a row that was there once. */
    static final Duration MAX_AGE = Duration.ofDays(7);

    private static final Duration TELL = Duration.ofSeconds(3);
    private static final int MAX_REQUEST = 1 << 20;

    private final Transactions transactions;
    private final InstantSource clock;
    private final String erasingId;
    private final String runId;
    private final Request request;
    private long told;

    private UnderWay(Transactions transactions, InstantSource clock, ErasingEntity row, Request request) {
        this.transactions = transactions;
        this.clock = clock;
        this.erasingId = row.id;
        this.runId = row.runId;
        this.request = request;
        this.told = row.seen;
    }

    /**
     * What was asked for.
     *
     * @param names what the person is called, as far as the person's own slots told before the first of them went
     */
    record Request(String id, String reason, @Nullable String legalBasis, Set<String> names) {
        Request {
            names = Set.copyOf(names);
        }

        Request and(Set<String> more) {
            Set<String> all = new TreeSet<>(names);
            all.addAll(more);
            return new Request(id, reason, legalBasis, all);
        }

        /** What entries tell of why. */
        Map<String, JsonValue> words() {
            Map<String, JsonValue> words = new TreeMap<>(Map.of("reason", JsonString.of(reason)));
            if (legalBasis != null) {
                words.put("legalBasis", JsonString.of(legalBasis));
            }
            return words;
        }

        private byte[] encode() {
            Map<String, JsonValue> members = words();
            members.put("id", JsonString.of(id));
            members.put(
                    "names",
                    new JsonArray(new TreeSet<>(names)
                            .stream().<JsonValue>map(JsonString::of).toList()));
            return CanonicalJson.format(new JsonObject(members)).getBytes(StandardCharsets.UTF_8);
        }

        private static Request parse(byte[] bytes) {
            JsonObject json = JsonReader.parseObject(bytes, MAX_REQUEST);
            Set<String> names = new TreeSet<>();
            if (json.get("names") instanceof JsonArray array) {
                array.elements().forEach(name -> names.add(((JsonString) name).value()));
            }
            return new Request(
                    json.string("id"),
                    json.string("reason"),
                    json.get("legalBasis") instanceof JsonString basis ? basis.value() : null,
                    names);
        }
    }

    /**
     * Begins, in a transaction that holds the lock of the log's head. What an earlier run of the same person's has left is
     * gone on with.
     *
     * @throws RefusedException when somebody is at it
     */
    static UnderWay begin(
            EntityManager em,
            Transactions transactions,
            KeyRing keys,
            InstantSource clock,
            String realmId,
            Request request) {
        ErasingEntity row = of(em, keys, realmId, request.id()).orElse(null);
        if (row != null && row.seen > clock.millis() - PATIENCE.toMillis()) {
            throw refused();
        }
        ErasingEntity begun = row == null ? new ErasingEntity() : row;
        Request whole = row == null
                ? request
                : request.and(open(row, keys).map(Request::names).orElse(Set.of()));
        if (row == null) {
            begun.id = UUID.randomUUID().toString();
            begun.realmId = realmId;
            begun.since = clock.millis();
        }
        begun.runId = UUID.randomUUID().toString();
        begun.seen = clock.millis();
        begun.request = keys.sealStaged(whole.encode(), context(begun));
        if (row == null) {
            em.persist(begun);
        }
        return new UnderWay(transactions, clock, begun, whole);
    }

    /** Takes the place of a run of which nothing was seen for too long; empty when another has done so. */
    static Optional<UnderWay> take(Transactions transactions, KeyRing keys, InstantSource clock, String erasingId) {
        return transactions.run(em -> {
            String run = UUID.randomUUID().toString();
            long now = clock.millis();
            int taken = em.createQuery("update ErasingEntity e set e.runId = :run, e.seen = :now"
                            + " where e.id = :id and e.seen <= :limit")
                    .setParameter("run", run)
                    .setParameter("now", now)
                    .setParameter("id", erasingId)
                    .setParameter("limit", now - PATIENCE.toMillis())
                    .executeUpdate();
            return taken == 0
                    ? Optional.<UnderWay>empty()
                    : Optional.of(em.find(ErasingEntity.class, erasingId))
                            .map(row -> new UnderWay(
                                    transactions, clock, row, open(row, keys).orElseThrow(() -> changed(row))));
        });
    }

    /** The ids of those of a realm of which nothing was seen for too long. */
    static List<String> abandoned(EntityManager em, String realmId, InstantSource clock) {
        return em.createQuery(
                        "select e.id from ErasingEntity e where e.realmId = :realm and e.seen <= :limit"
                                + " and e.since > :oldest order by e.since",
                        String.class)
                .setParameter("realm", realmId)
                .setParameter("limit", clock.millis() - PATIENCE.toMillis())
                .setParameter("oldest", clock.millis() - MAX_AGE.toMillis())
                .getResultList();
    }

    /** Throws when somebody is at erasing this person, or was and has not come to the end. */
    static void refuse(EntityManager em, KeyRing keys, String realmId, String id) {
        if (of(em, keys, realmId, id).isPresent()) {
            throw refused();
        }
    }

    /** The realms that have such. */
    static List<String> abandoned(EntityManager em, InstantSource clock) {
        return em.createQuery(
                        "select distinct e.realmId from ErasingEntity e where e.seen <= :limit and e.since > :oldest",
                        String.class)
                .setParameter("limit", clock.millis() - PATIENCE.toMillis())
                .setParameter("oldest", clock.millis() - MAX_AGE.toMillis())
                .getResultList();
    }

    static List<ErasingEntity> rows(EntityManager em, String realmId) {
        return em.createQuery(
                        "select e from ErasingEntity e where e.realmId = :realm order by e.since", ErasingEntity.class)
                .setParameter("realm", realmId)
                .getResultList();
    }

    private static Optional<ErasingEntity> of(EntityManager em, KeyRing keys, String realmId, String id) {
        return rows(em, realmId).stream()
                .filter(row -> open(row, keys)
                        .filter(request -> request.id().equals(id))
                        .isPresent())
                .findFirst();
    }

    /** What a row asks for; empty when somebody else than the server has changed it, and it asks for nothing. */
    static Optional<Request> open(ErasingEntity row, KeyRing keys) {
        try {
            return Optional.of(Request.parse(keys.openStaged(row.request, context(row))));
        } catch (KeyException | FormatException e) {
            return Optional.empty();
        }
    }

    private static IllegalStateException changed(ErasingEntity row) {
        return new IllegalStateException(
                "row " + row.id + " of AUDIT_ERASING was changed, and not by the server: delete"
                        + " it, and ask for the erasures of that time again");
    }

    private static RefusedException refused() {
        return new RefusedException(
                RefusedException.Why.UNDER_WAY, "this person is being erased; the list of erasures says how far it is");
    }

    Request request() {
        return request;
    }

    /** The row, in a transaction that erases. Throws when it is another run's, or the erasure is done. */
    ErasingEntity mine(EntityManager em) {
        if (touch(em) == 0) {
            throw new IllegalStateException("another node has taken over the erasure " + erasingId);
        }
        return em.find(ErasingEntity.class, erasingId);
    }

    /** Keeps, in the transaction that has read the row, names that were learned since. */
    void learned(ErasingEntity row, KeyRing keys, Set<String> names) {
        row.request = keys.sealStaged(request.and(names).encode(), context(row));
    }

    /** Tells how far it is, if it has not for some seconds. */
    void looked(long looked, long toLook) {
        if (clock.millis() - told < TELL.toMillis()) {
            return;
        }
        told = clock.millis();
        transactions.run(em -> {
            ErasingEntity row = mine(em);
            row.looked = looked;
            row.toLook = toLook;
            return row;
        });
    }

    /** Forgets that there was one, if it is still this run's. */
    void end() {
        transactions.run(this::end);
    }

    int end(EntityManager em) {
        return em.createQuery("delete from ErasingEntity e where e.id = :id and e.runId = :run")
                .setParameter("id", erasingId)
                .setParameter("run", runId)
                .executeUpdate();
    }

    private int touch(EntityManager em) {
        return em.createQuery("update ErasingEntity e set e.seen = :now where e.id = :id and e.runId = :run")
                .setParameter("now", clock.millis())
                .setParameter("id", erasingId)
                .setParameter("run", runId)
                .executeUpdate();
    }

    private static String context(ErasingEntity row) {
        return "erasing\0" + row.realmId + '\0' + row.id + '\0' + row.since;
    }
}
