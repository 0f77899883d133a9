package dev.keyledger.scim.schema;

/** Among whom a value of an attribute is unique. RFC 7643 section 7. */
public enum Uniqueness {
    /** Among nobody. */
    NONE("none"),
    /** Among the resources of one type of this service provider. */
    SERVER("server"),
    /** Everywhere. */
    GLOBAL("global");

    private final String keyword;

    Uniqueness(String keyword) {
        this.keyword = keyword;
    }

    /** The word that a schema document uses. */
    public String keyword() {
        return keyword;
    }
}
