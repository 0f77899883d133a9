package dev.keyledger.scim.keycloak.event;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;

/**
 * Refusals that a client can cause as often as it likes, on this node. The first of a source is recorded at once; those that
 * follow are counted, until none has come for a while or ten minutes are over, and then their number is recorded once. So a flood
 * leaves two entries in ten minutes, none of its requests waits for the log, and a node that is killed loses the number of ten
 * minutes at most. Thread-safe.
 */
public final class RepeatedRefusals {
    private static final Duration LONGEST = Duration.ofMinutes(10);
    /** So many strangers of a realm are told apart; who comes then is one of the others. */
    private static final int MAX_STRANGERS = 100;

    private static final String OTHERS = "";

    private final InstantSource clock;
    private final Duration quiet;
    private final Map<Source, Episode> open = new ConcurrentHashMap<>();

    /** They end when none has come for so long. */
    public RepeatedRefusals(InstantSource clock, Duration quiet) {
        this.clock = clock;
        this.quiet = quiet;
    }

    /** Why a request can be refused again and again. */
    public enum Reason {
        /** No token that counts. */
        SIGN_IN,
        /** More requests than the connection may send. */
        RATE_LIMIT,
        /** The connection is paused. */
        PAUSED,
        /** Something that the connection may not read, or that failed. */
        READ
    }

    /**
     * Whose refusals are counted together.
     *
     * @param realmId the realm that is asked
     * @param reason  why
     * @param from    the connection's name; of a stranger, the client that he says he is, or his address
     */
    private record Source(String realmId, Reason reason, String from) {}

    /**
     * Refusals of one source. Times are epoch milliseconds.
     *
     * @param first the first of them
     * @param since when it came
     * @param last  when the last of them came
     * @param count how many came
     */
    public record Episode(Refused first, long since, long last, long count) {
        Episode again(long now) {
            return new Episode(first, since, now, count + 1);
        }
    }

    /** Counts a refusal, and says whether it is the first of its source and to be recorded now. */
    public boolean isFirst(Reason reason, Refused refused) {
        long now = clock.millis();
        Source source = new Source(refused.realmId(), reason, from(refused));
        return open.merge(source, new Episode(refused, now, now, 1), (known, one) -> known.again(now))
                        .count()
                == 1;
    }

    private String from(Refused refused) {
        if (refused.signedIn() != null) {
            return refused.signedIn().connection();
        }
        String stranger = refused.client() == null ? refused.address() : "client " + refused.client();
        boolean known = open.containsKey(new Source(refused.realmId(), Reason.SIGN_IN, stranger));
        long strangers = open.keySet().stream()
                .filter(each ->
                        each.reason() == Reason.SIGN_IN && each.realmId().equals(refused.realmId()))
                .count();
        return known || strangers < MAX_STRANGERS ? stranger : OTHERS;
    }

    /** What is over now, and more than its first one. */
    public List<Episode> over() {
        long now = clock.millis();
        return end((source, episode) -> now - episode.last() >= quiet.toMillis()
                || now - episode.since() >= LONGEST.toMillis()
                || now < episode.last());
    }

    /** What is over, and more than its first one, because the connection is served again. */
    public List<Episode> served(String realmId, String connection) {
        return open.isEmpty()
                ? List.of()
                : end((source, episode) -> source.realmId().equals(realmId)
                        && source.from().equals(connection)
                        && (source.reason() == Reason.RATE_LIMIT || source.reason() == Reason.PAUSED));
    }

    /** What is more than its first one, over or not: the node ends. */
    public List<Episode> all() {
        return end((source, episode) -> true);
    }

    private List<Episode> end(BiPredicate<Source, Episode> isOver) {
        List<Episode> over = new ArrayList<>();
        for (Source source : List.copyOf(open.keySet())) {
            Episode episode = open.get(source);
            // one more may come meanwhile: then it is not over
            if (episode != null
                    && isOver.test(source, episode)
                    && open.remove(source, episode)
                    && episode.count() > 1) {
                over.add(episode);
            }
        }
        return over;
    }
}
