package dev.keyledger.log.entry;

import dev.keyledger.log.FormatException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/**
 * Reads a leaf by the one spelling that it may have. Canonical JSON of these members leaves no choice of order, space
 * or escape, so this is both stricter and several times faster than a JSON reader: the verifier reads every entry.
 */
final class LeafReader {
    private static final int MAX_DIGITS = 16;

    private final String text;
    private int at;

    private LeafReader(byte[] leaf) {
        if (leaf.length > Entry.MAX_LEAF) {
            throw new FormatException("leaf has " + leaf.length + " bytes, want at most " + Entry.MAX_LEAF);
        }
        // Bytes beyond ASCII become characters that no member may hold.
        this.text = new String(leaf, StandardCharsets.ISO_8859_1);
    }

    static Entry read(byte[] leaf) {
        LeafReader reader = new LeafReader(leaf);
        reader.expect("{\"c\":{");
        Map<Slot, Commitment> commitments = reader.commitments();
        reader.expect(",\"id\":\"");
        String id = reader.word();
        reader.expect(",\"k\":\"");
        EntryKind kind = EntryKind.parse(reader.word());
        reader.expect(",\"log\":\"");
        String origin = reader.word();
        reader.expect(",\"ok\":");
        boolean success = reader.accept("true");
        if (!success) {
            reader.expect("false");
        }
        reader.expect(",\"op\":\"");
        String operation = reader.word();
        reader.expect(",\"res\":\"");
        String resourceType = reader.word();
        reader.expect(",\"t\":");
        long time = reader.number();
        reader.expect(",\"v\":1}");
        if (reader.at != reader.text.length()) {
            throw new FormatException("leaf goes on behind its end at offset " + reader.at);
        }
        return new Entry(id, origin, kind, success, operation, resourceType, time, commitments);
    }

    private Map<Slot, Commitment> commitments() {
        Map<Slot, Commitment> commitments = new EnumMap<>(Slot.class);
        String previous = "";
        while (!accept("}")) {
            expect(previous.isEmpty() ? "\"" : ",\"");
            String label = word();
            if (label.compareTo(previous) <= 0) {
                throw new FormatException("leaf has its slots out of order at offset " + at);
            }
            expect(":\"");
            commitments.put(Slot.parse(label), new Commitment(word()));
            previous = label;
        }
        return commitments;
    }

    /** Reads up to and past the closing quote. What may stand in a word is the entry's business. */
    private String word() {
        int end = text.indexOf('"', at);
        if (end < 0) {
            throw new FormatException("leaf is cut off at offset " + text.length());
        }
        String word = text.substring(at, end);
        at = end + 1;
        return word;
    }

    private long number() {
        int start = at;
        long number = 0;
        while (at < text.length() && at - start < MAX_DIGITS && Character.digit(text.charAt(at), 10) >= 0) {
            number = number * 10 + Character.digit(text.charAt(at), 10);
            at++;
        }
        if (at == start || (at > start + 1 && text.charAt(start) == '0')) {
            throw new FormatException("leaf has no time at offset " + start);
        }
        return number;
    }

    private boolean accept(String want) {
        if (!text.startsWith(want, at)) {
            return false;
        }
        at += want.length();
        return true;
    }

    private void expect(String want) {
        if (!accept(want)) {
            throw new FormatException("leaf is not an entry of version 1 in canonical form: at offset " + at + ", want "
                    + FormatException.quote(want.replace('"', '\'')));
        }
    }
}
