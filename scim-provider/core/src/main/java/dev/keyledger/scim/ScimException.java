package dev.keyledger.scim;

import org.jspecify.annotations.Nullable;

/**
 * A SCIM request that cannot be fulfilled, and what its client is told about it.
 *
 * <p>One named factory per {@code scimType} and per plain status. The message is the {@code detail} of the error body and is
 * bounded: whatever part of it came from the client is cut. Whoever stands at the HTTP border turns the exception into a
 * response with {@link #status()} and the error message body; nobody else needs to catch it. It carries no stack trace of
 * interest to an operator, because the fault is the request's.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7644#section-3.12">RFC 7644 section 3.12</a>
 */
public final class ScimException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The longest detail that a client is sent, in UTF-16 units. */
    public static final int MAX_DETAIL = 500;

    private final int status;
    private final @Nullable ScimType scimType;
    private final @Nullable String allowed;
    private final int retryAfter;

    private ScimException(int status, @Nullable ScimType scimType, String detail) {
        this(status, scimType, detail, null, 0);
    }

    private ScimException(
            int status, @Nullable ScimType scimType, String detail, @Nullable String allowed, int retryAfter) {
        super(bounded(detail, MAX_DETAIL));
        this.status = status;
        this.scimType = scimType;
        this.allowed = allowed;
        this.retryAfter = retryAfter;
    }

    /** 400: a filter that does not parse, or that no resource of this schema can be asked. */
    public static ScimException invalidFilter(String detail) {
        return new ScimException(400, ScimType.INVALID_FILTER, detail);
    }

    /** 400: an answer larger than this service provider gives. */
    public static ScimException tooMany(String detail) {
        return new ScimException(400, ScimType.TOO_MANY, detail);
    }

    /** 409: a value that must be unique is in use. */
    public static ScimException uniqueness(String detail) {
        return new ScimException(409, ScimType.UNIQUENESS, detail);
    }

    /** 400: a change to what may not change, or the removal of what is required. */
    public static ScimException mutability(String detail) {
        return new ScimException(400, ScimType.MUTABILITY, detail);
    }

    /** 400: a body that is no JSON or not the message wanted. */
    public static ScimException invalidSyntax(String detail) {
        return new ScimException(400, ScimType.INVALID_SYNTAX, detail);
    }

    /** 400: a patch path that does not parse or names no attribute. */
    public static ScimException invalidPath(String detail) {
        return new ScimException(400, ScimType.INVALID_PATH, detail);
    }

    /** 400: a patch path that selects nothing. */
    public static ScimException noTarget(String detail) {
        return new ScimException(400, ScimType.NO_TARGET, detail);
    }

    /** 400: a missing or unfit value. */
    public static ScimException invalidValue(String detail) {
        return new ScimException(400, ScimType.INVALID_VALUE, detail);
    }

    /** 400: a version of the protocol that is not spoken. RFC 7644 section 3.13. */
    public static ScimException invalidVersion(String detail) {
        return new ScimException(400, ScimType.INVALID_VERS, detail);
    }

    /** 403: personal data in the URI. RFC 7644 section 7.5.2. */
    public static ScimException sensitive(String detail) {
        return new ScimException(403, ScimType.SENSITIVE, detail);
    }

    /** 400: a cursor that was never issued. RFC 9865. */
    public static ScimException invalidCursor(String detail) {
        return new ScimException(400, ScimType.INVALID_CURSOR, detail);
    }

    /** 400: a cursor that is too old. RFC 9865. */
    public static ScimException expiredCursor(String detail) {
        return new ScimException(400, ScimType.EXPIRED_CURSOR, detail);
    }

    /** 400: a count that does not fit the cursor. RFC 9865. */
    public static ScimException invalidCount(String detail) {
        return new ScimException(400, ScimType.INVALID_COUNT, detail);
    }

    /** 400 without a keyword: a bad request that table 9 has no word for, for example a count that is no number. */
    public static ScimException badRequest(String detail) {
        return new ScimException(400, null, detail);
    }

    /** 401: no credentials, or none that count. */
    public static ScimException unauthorized(String detail) {
        return new ScimException(401, null, detail);
    }

    /** 403: the client may not do this. */
    public static ScimException forbidden(String detail) {
        return new ScimException(403, null, detail);
    }

    /** 404: no such resource or endpoint. */
    public static ScimException notFound(String detail) {
        return new ScimException(404, null, detail);
    }

    /** 405: the endpoint does not know this method but those in {@code allowed}, written as in the header {@code Allow}. */
    public static ScimException methodNotAllowed(String method, String allowed) {
        return new ScimException(405, null, method + " is not for this path, which knows " + allowed, allowed, 0);
    }

    /** 409 without a keyword: the resource's state forbids it. */
    public static ScimException conflict(String detail) {
        return new ScimException(409, null, detail);
    }

    /** 412: the resource is no longer (or already) the version that the client named. */
    public static ScimException preconditionFailed(String detail) {
        return new ScimException(412, null, detail);
    }

    /** 413: a body larger than this service provider reads. */
    public static ScimException payloadTooLarge(String detail) {
        return new ScimException(413, null, detail);
    }

    /** 415: a body that is not {@code application/scim+json} or {@code application/json}. */
    public static ScimException unsupportedMediaType(String detail) {
        return new ScimException(415, null, detail);
    }

    /** 429: too many requests; the next one is served after that many seconds. */
    public static ScimException tooManyRequests(String detail, int retryAfter) {
        return new ScimException(429, null, detail, null, retryAfter);
    }

    /** 500: our fault; the detail says nothing about the inside. */
    public static ScimException internal(String detail) {
        return new ScimException(500, null, detail);
    }

    /** 503: not now, because something that is needed does not answer or is in use; the same request may be sent again. */
    public static ScimException unavailable(String detail) {
        return unavailable(detail, 1);
    }

    /** 503: not now, and not before that many seconds. */
    public static ScimException unavailable(String detail, int retryAfter) {
        return new ScimException(503, null, detail, null, retryAfter);
    }

    /** The HTTP status, 400 to 599. */
    public int status() {
        return status;
    }

    /** The detail error keyword, or null where the status says all. */
    public @Nullable ScimType scimType() {
        return scimType;
    }

    /** The value of the response's header {@code Allow}, which a 405 must have; null for every other status. */
    public @Nullable String allowed() {
        return allowed;
    }

    /** The value of the response's header {@code Retry-After} in seconds; 0 for none. */
    public int retryAfter() {
        return retryAfter;
    }

    /** What went wrong, for a person; at most {@value #MAX_DETAIL} units long. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    /** The given client text, cut to {@code max} UTF-16 units, control characters replaced, fit to stand in a message. */
    public static String bounded(String text, int max) {
        boolean cut = text.length() > max;
        int end = cut ? max - 1 : text.length();
        if (cut && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        StringBuilder bounded = new StringBuilder(end + 1);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            bounded.append(c < ' ' || c == 0x7f ? ' ' : c);
        }
        return cut ? bounded.append('…').toString() : bounded.toString();
    }

    /** The given client text between double quotes, cut to 80 units. */
    public static String quoted(String text) {
        return '"' + bounded(text, 80) + '"';
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return status >= 500 ? super.fillInStackTrace() : this;
    }
}
