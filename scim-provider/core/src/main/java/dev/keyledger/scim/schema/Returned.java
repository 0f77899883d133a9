package dev.keyledger.scim.schema;

/** When an attribute is part of a response. RFC 7643 section 7. */
public enum Returned {
    /** In every response, whatever the client excludes. */
    ALWAYS("always"),
    /** In no response. */
    NEVER("never"),
    /** Unless the client asks for others or excludes it. */
    DEFAULT("default"),
    /** Only when the client asks for it. */
    REQUEST("request");

    private final String keyword;

    Returned(String keyword) {
        this.keyword = keyword;
    }

    /** The word that a schema document uses. */
    public String keyword() {
        return keyword;
    }
}
