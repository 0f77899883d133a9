package dev.keyledger.scim.filter;

import java.util.Optional;

/** The attribute operators that compare with a value. RFC 7644 section 3.4.2.2, table 3. */
public enum Operator {
    /** Equal. */
    EQ("eq"),
    /** Not equal: exactly where {@link #EQ} does not match, so also where there is no value at all. */
    NE("ne"),
    /** Contains. */
    CO("co"),
    /** Starts with. */
    SW("sw"),
    /** Ends with. */
    EW("ew"),
    /** Greater than, later than. */
    GT("gt"),
    /** Greater than or equal. */
    GE("ge"),
    /** Less than, earlier than. */
    LT("lt"),
    /** Less than or equal. */
    LE("le");

    private final String keyword;

    Operator(String keyword) {
        this.keyword = keyword;
    }

    /** The word that a filter uses. */
    public String keyword() {
        return keyword;
    }

    /** Whether it looks into texts: co, sw, ew. */
    public boolean isSubstring() {
        return this == CO || this == SW || this == EW;
    }

    /** Whether it needs an order: gt, ge, lt, le. */
    public boolean isOrdering() {
        return this == GT || this == GE || this == LT || this == LE;
    }

    /** The operator of that keyword in any case. */
    public static Optional<Operator> of(String text) {
        for (Operator operator : values()) {
            if (operator.keyword.equalsIgnoreCase(text)) {
                return Optional.of(operator);
            }
        }
        return Optional.empty();
    }
}
