package dev.keyledger.audit.storage;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One epoch of a realm's log, which is a log of its own: with an id, an origin and a tree. A realm has one, and one more
 * after each recovery; entries go to the newest.
 *
 * @param realmId of the realm, or {@link LogDirectory#SERVER}
 * @param logId what the tables call it; of the first epoch, the realm's id
 * @param number 1, 2...
 * @param origin of the first epoch any, of the others that of the first and {@code /e<number>}
 */
public record LogEpoch(String realmId, String logId, int number, String origin) {
    private static final Pattern LATER = Pattern.compile("(.+)/e([1-9][0-9]{0,8})");

    /** The number of the epoch that has this origin. */
    public static int number(String origin) {
        Matcher later = LATER.matcher(origin);
        return later.matches() ? Integer.parseInt(later.group(2)) : 1;
    }

    /** The origin of another epoch of the same realm. */
    String originOf(int other) {
        Matcher later = LATER.matcher(origin);
        return (later.matches() ? later.group(1) : origin) + "/e" + other;
    }

    static LogEpoch of(HeadEntity head) {
        return new LogEpoch(head.realm(), head.logId, head.epoch, head.origin);
    }

    /** All epochs of a realm, the newest first; empty when it has no log. */
    static List<HeadEntity> heads(EntityManager em, String realmId) {
        return em.createQuery(
                        "select h from HeadEntity h where h.logId = :realm or h.realmId = :realm order by h.epoch desc",
                        HeadEntity.class)
                .setParameter("realm", realmId)
                .getResultList();
    }
}
