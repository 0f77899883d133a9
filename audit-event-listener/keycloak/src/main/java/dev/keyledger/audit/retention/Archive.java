package dev.keyledger.audit.retention;

import dev.keyledger.audit.storage.ArchiveEntity;
import dev.keyledger.audit.storage.Transactions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A range of a log in a file of its own.
 *
 * @param to exclusive
 * @param hash SHA-256 of the file, hexadecimal
 * @param place its name in the store of archives
 * @param verified when it was read back and verified, in epoch milliseconds
 */
public record Archive(long from, long to, String hash, String place, long verified) {
    static Archive of(ArchiveEntity row) {
        return new Archive(row.from, row.to, row.hash, row.place, row.verified);
    }

    /** The archives of a log, the oldest entries first. */
    static List<Archive> list(String logId, Transactions transactions) {
        return transactions.run(em -> em.createQuery(
                        "select a from ArchiveEntity a where a.logId = :log order by a.from", ArchiveEntity.class)
                .setParameter("log", logId)
                .getResultStream()
                .map(Archive::of)
                .toList());
    }

    /** What the entry of the log says. */
    Map<String, String> facts(String origin, String store) {
        Map<String, String> facts = new TreeMap<>();
        facts.put("log", origin);
        facts.put("from", Long.toString(from));
        facts.put("to", Long.toString(to));
        facts.put("sha256", hash);
        facts.put("place", place);
        facts.put("store", store);
        return facts;
    }
}
