package dev.keyledger.scim;

/** The detail error keywords that a SCIM error body may carry as {@code scimType}. RFC 7644 section 3.12, table 9; RFC 9865 section 2.4. */
public enum ScimType {
    /** The filter does not parse, or compares an attribute in a way its type forbids. */
    INVALID_FILTER("invalidFilter"),
    /** The request would yield, or would have to read, more than the service provider is willing to. */
    TOO_MANY("tooMany"),
    /** A value that must be unique is already in use. */
    UNIQUENESS("uniqueness"),
    /** The request changes what its attribute's mutability forbids to change. */
    MUTABILITY("mutability"),
    /** The body is no JSON, or not the message that the endpoint wants. */
    INVALID_SYNTAX("invalidSyntax"),
    /** The path of a patch operation does not parse or names no attribute. */
    INVALID_PATH("invalidPath"),
    /** The path of a patch operation selects no value. */
    NO_TARGET("noTarget"),
    /** A required value is missing, or a value does not fit its attribute. */
    INVALID_VALUE("invalidValue"),
    /** The version of the protocol is not supported. */
    INVALID_VERS("invalidVers"),
    /** The request carries personal data in its URI. */
    SENSITIVE("sensitive"),
    /** The cursor is none of ours. */
    INVALID_CURSOR("invalidCursor"),
    /** The cursor was ours and has expired. */
    EXPIRED_CURSOR("expiredCursor"),
    /** The count is not the one that the cursor was issued for. */
    INVALID_COUNT("invalidCount");

    private final String keyword;

    ScimType(String keyword) {
        this.keyword = keyword;
    }

    /** The keyword as it stands on the wire, for example {@code invalidFilter}. */
    public String keyword() {
        return keyword;
    }
}
