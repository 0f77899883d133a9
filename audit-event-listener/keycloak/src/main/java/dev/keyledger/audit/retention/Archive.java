package dev.keyledger.audit.retention;

import dev.keyledger.audit.storage.ArchiveEntity;
import java.util.Map;
import java.util.TreeMap;

/**
 * A range of a log in a file.
 *
 * @param to exclusive
 * @param hash SHA-256 of the file, hexadecimal
 * @param place the file, below the folder of archives
 * @param verified when it was read back and verified, in epoch milliseconds
 */
public record Archive(long from, long to, String hash, String place, long verified) {
    static Archive of(ArchiveEntity row) {
        return new Archive(row.from, row.to, row.hash, row.place, row.verified);
    }

    /** What the entry of the log says. */
    Map<String, String> facts(String origin) {
        Map<String, String> facts = new TreeMap<>();
        facts.put("log", origin);
        facts.put("from", Long.toString(from));
        facts.put("to", Long.toString(to));
        facts.put("sha256", hash);
        facts.put("place", place);
        return facts;
    }
}
