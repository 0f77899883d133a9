package dev.keyledger.log.entry;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonLiteral;
import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the leaf of an audit entry says, format version 1. The leaf itself is the canonical JSON of it, ASCII, at most
 * 2,000 bytes; store those bytes, never write them anew from a parsed entry:
 *
 * <pre>
 * {"c":{"actor":"2wK-...","target":"saeR-..."},"id":"0190a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b","k":"admin",
 *  "log":"audit.example.com/kc/realm-a","ok":true,"op":"UPDATE","res":"USER","t":1767225600123,"v":1}
 * </pre>
 *
 * @param id UUID in lower case, see {@link EntryIds}
 * @param origin of the log that the entry is made for
 * @param kind {@code k}: through which door
 * @param success {@code ok}: whether what was tried was done
 * @param operation {@code op}: 1 to 100 printable ASCII characters without quote and backslash
 * @param resourceType {@code res}: likewise
 * @param time {@code t}: epoch milliseconds of the node that captured it
 * @param commitments {@code c}: one per slot that has a value
 */
public record Entry(
        String id,
        String origin,
        EntryKind kind,
        boolean success,
        String operation,
        String resourceType,
        long time,
        Map<Slot, Commitment> commitments) {
    /** Most bytes of a leaf. */
    public static final int MAX_LEAF = 2_000;

    private static final int VERSION = 1;
    private static final int MAX_WORD = 100;
    private static final int MAX_ORIGIN = 500;
    private static final long MAX_TIME = 1L << 53;

    public Entry {
        checkId(id);
        checkWord("origin", origin, MAX_ORIGIN);
        checkWord("operation", operation, MAX_WORD);
        checkWord("resource type", resourceType, MAX_WORD);
        if (time < 0 || time >= MAX_TIME) {
            throw new FormatException("time of an entry is " + time + ", want 0 to 2^53 - 1");
        }
        EnumMap<Slot, Commitment> bySlot = new EnumMap<>(Slot.class);
        bySlot.putAll(commitments);
        commitments = Collections.unmodifiableMap(bySlot);
    }

    /** Parses a leaf. Bytes that are not exactly what {@link #leaf} writes for the same entry are refused. */
    public static Entry parse(byte[] leaf) {
        return LeafReader.read(leaf);
    }

    /** The bytes of the leaf. */
    public byte[] leaf() {
        Map<String, JsonValue> slots = new TreeMap<>();
        commitments.forEach((slot, commitment) -> slots.put(slot.label(), new JsonString(commitment.encoded())));
        JsonObject json = new JsonObject(Map.of(
                "c", new JsonObject(slots),
                "id", new JsonString(id),
                "k", new JsonString(kind.label()),
                "log", new JsonString(origin),
                "ok", JsonLiteral.of(success),
                "op", new JsonString(operation),
                "res", new JsonString(resourceType),
                "t", JsonNumber.of(time),
                "v", JsonNumber.of(VERSION)));
        byte[] leaf = CanonicalJson.format(json).getBytes(StandardCharsets.US_ASCII);
        if (leaf.length > MAX_LEAF) {
            throw new FormatException("leaf has " + leaf.length + " bytes, want at most " + MAX_LEAF);
        }
        return leaf;
    }

    private static void checkWord(String what, String word, int max) {
        boolean bad = word.isEmpty() || word.length() > max;
        for (int i = 0; i < word.length() && !bad; i++) {
            char c = word.charAt(i);
            bad = c <= ' ' || c >= 0x7f || c == '"' || c == '\\';
        }
        if (bad) {
            throw new FormatException(what + " of an entry is not 1 to " + max
                    + " printable ASCII characters without quote and backslash: " + FormatException.quote(word));
        }
    }

    private static void checkId(String id) {
        boolean bad = id.length() != 36;
        for (int i = 0; i < id.length() && !bad; i++) {
            char c = id.charAt(i);
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            bad = dash ? c != '-' : !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
        }
        if (bad) {
            throw new FormatException("id of an entry is not a lower-case UUID: " + FormatException.quote(id));
        }
    }
}
