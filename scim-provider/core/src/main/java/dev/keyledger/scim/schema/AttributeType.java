package dev.keyledger.scim.schema;

/** The data type of an attribute. RFC 7643 section 2.3. */
public enum AttributeType {
    /** Text. */
    STRING("string"),
    /** {@code true} or {@code false}. */
    BOOLEAN("boolean"),
    /** A real number. */
    DECIMAL("decimal"),
    /** A whole number. */
    INTEGER("integer"),
    /** A date and time of XML schema, for example {@code 2008-01-23T04:56:22Z}. */
    DATE_TIME("dateTime"),
    /** Base64 text. */
    BINARY("binary"),
    /** A URI of a SCIM resource or of something outside. */
    REFERENCE("reference"),
    /** An object of sub-attributes. */
    COMPLEX("complex");

    private final String keyword;

    AttributeType(String keyword) {
        this.keyword = keyword;
    }

    /** The word that a schema document uses. */
    public String keyword() {
        return keyword;
    }

    /** Whether values are JSON strings. */
    public boolean isText() {
        return this == STRING || this == DATE_TIME || this == BINARY || this == REFERENCE;
    }

    /** Whether values are JSON numbers. */
    public boolean isNumber() {
        return this == DECIMAL || this == INTEGER;
    }
}
