package dev.keyledger.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyledger.scim.ScimException;
import org.jspecify.annotations.Nullable;

/**
 * What the operations of one request on multi-valued attributes have to look at: every operation looks at every value, and its
 * filter at every character of a text if it has to. Each of a thousand operations may have a filter of one or two clauses for
 * each of a thousand values; far beyond that a request is refused, because it would take as long as its client wants.
 */
final class PatchWork {
    private static final long MAX = 10_000_000;
    private static final int LEAST = 4;
    private static final int FILTER_UNIT = 8;
    private static final int VALUE_UNIT = 64;

    private long done;

    /** Counts an operation on these values; throws {@code tooMany}. */
    void count(PatchPath path, @Nullable JsonNode values) {
        int filter = path.filter() == null ? 0 : path.filter().toString().length() / FILTER_UNIT;
        done += Math.max(LEAST, filter) * weight(values);
        if (done > MAX) {
            throw ScimException.tooMany("the operations on " + path.path().parent()
                    + " compare more than can be done at once; send fewer, or shorter filters");
        }
    }

    private static long weight(@Nullable JsonNode value) {
        long weight = 0;
        if (value != null && value.isArray()) {
            for (JsonNode element : value) {
                weight += 1 + weight(element);
            }
        } else if (value != null && value.isObject()) {
            for (JsonNode part : value) {
                weight += weight(part);
            }
        } else if (value != null && value.isTextual()) {
            weight = value.textValue().length() / VALUE_UNIT;
        }
        return weight;
    }
}
