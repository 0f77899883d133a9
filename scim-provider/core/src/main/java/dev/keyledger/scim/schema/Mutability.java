package dev.keyledger.scim.schema;

/** Who may set an attribute, and when. RFC 7643 section 2.2 and section 7. */
public enum Mutability {
    /** Set by the service provider alone. */
    READ_ONLY("readOnly"),
    /** Set and changed by clients at any time. */
    READ_WRITE("readWrite"),
    /** Set once, never changed. */
    IMMUTABLE("immutable"),
    /** Set by clients and never shown to anybody. */
    WRITE_ONLY("writeOnly");

    private final String keyword;

    Mutability(String keyword) {
        this.keyword = keyword;
    }

    /** The word that a schema document uses. */
    public String keyword() {
        return keyword;
    }
}
