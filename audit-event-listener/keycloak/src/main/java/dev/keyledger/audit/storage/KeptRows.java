package dev.keyledger.audit.storage;

import dev.keyledger.log.FormatException;
import java.util.BitSet;

/** Which entries of a unit stay when it is pruned, as {@code 0,5-17,255}: offsets from its first index, ascending. */
public final class KeptRows {
    private static final int MAX_UNIT = 65_536;

    private KeptRows() {}

    /** Writes the ranges; {@code -} for none, because a database may not tell an empty text from none. */
    public static String format(BitSet kept) {
        StringBuilder text = new StringBuilder();
        for (int first = kept.nextSetBit(0); first >= 0; ) {
            int end = kept.nextClearBit(first);
            text.append(text.length() == 0 ? "" : ",").append(first);
            if (end - 1 > first) {
                text.append('-').append(end - 1);
            }
            first = kept.nextSetBit(end);
        }
        return text.length() == 0 ? "-" : text.toString();
    }

    /** Reads what {@link #format} has written. */
    public static BitSet parse(String text) {
        BitSet kept = new BitSet();
        if (text.equals("-")) {
            return kept;
        }
        try {
            for (String range : text.split(",", -1)) {
                int dash = range.indexOf('-');
                int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
                int last = dash < 0 ? first : Integer.parseInt(range.substring(dash + 1));
                if (first < kept.length() || last < first || last >= MAX_UNIT) {
                    throw new FormatException("ranges of kept rows are not ascending");
                }
                kept.set(first, last + 1);
            }
        } catch (NumberFormatException e) {
            throw new FormatException("ranges of kept rows are none", e);
        }
        return kept;
    }
}
