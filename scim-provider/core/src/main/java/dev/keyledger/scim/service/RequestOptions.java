package dev.keyledger.scim.service;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request says beside its body: what to show of the result, and on which condition to act.
 *
 * @param attributes         the query parameter {@code attributes}, split, or empty
 * @param excludedAttributes the query parameter {@code excludedAttributes}, split, or empty
 * @param ifMatch            the header, or null
 * @param ifNoneMatch        the header, or null
 */
public record RequestOptions(
        List<String> attributes,
        List<String> excludedAttributes,
        @Nullable String ifMatch,
        @Nullable String ifNoneMatch) {
    /** Copies the lists. */
    public RequestOptions {
        attributes = List.copyOf(attributes);
        excludedAttributes = List.copyOf(excludedAttributes);
    }

    /** Whether the request is to be done whatever the resource's version is. */
    boolean isUnconditional() {
        return ifMatch == null && ifNoneMatch == null;
    }

    /** No wishes, no conditions. */
    public static RequestOptions none() {
        return new RequestOptions(List.of(), List.of(), null, null);
    }
}
