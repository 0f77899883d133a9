package dev.keyledger.scim.patch;

import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.filter.Filter;
import dev.keyledger.scim.filter.FilterParser;
import dev.keyledger.scim.path.AttributePath;
import dev.keyledger.scim.schema.AttributeDefinition;
import dev.keyledger.scim.schema.ResourceType;
import org.jspecify.annotations.Nullable;

/**
 * The path of a patch operation: {@code userName}, {@code name.givenName}, {@code emails[type eq "work"]},
 * {@code emails[type eq "work"].value}, each perhaps behind a URN. RFC 7644 section 3.5.2, figure 7.
 *
 * @param path   the attribute or sub-attribute
 * @param filter which values of the multi-valued attribute, or null for all
 */
public record PatchPath(AttributePath path, @Nullable Filter filter) {
    /** The path of all of an attribute. */
    public static PatchPath of(AttributePath path) {
        return new PatchPath(path, null);
    }

    /** The path that the text is; throws {@code invalidPath}, or {@code invalidFilter} for what stands in the brackets. */
    public static PatchPath parse(String text, ResourceType type) {
        String stripped = text.strip();
        int open = stripped.indexOf('[');
        if (open < 0) {
            return of(resolve(stripped, stripped, type));
        }
        int close = stripped.lastIndexOf(']');
        String rest = close < open ? "?" : stripped.substring(close + 1);
        if (!rest.isEmpty() && (rest.length() < 2 || rest.charAt(0) != '.')) {
            throw ScimException.invalidPath("path " + ScimException.quoted(text) + ": want [filter] or [filter].part");
        }
        AttributePath whole = resolve(stripped.substring(0, open), text, type);
        if (whole.subAttribute() != null || !whole.attribute().multiValued()) {
            throw ScimException.invalidPath(
                    "path " + ScimException.quoted(text) + ": " + whole + " has no values to select among");
        }
        Filter filter = new FilterParser(type).parseValueFilter(stripped.substring(open + 1, close), whole);
        if (rest.isEmpty()) {
            return new PatchPath(whole, filter);
        }
        AttributeDefinition part =
                whole.attribute().subAttribute(rest.substring(1)).orElseThrow(() -> unknown(text, type));
        return new PatchPath(whole.child(part), filter);
    }

    private static AttributePath resolve(String name, String text, ResourceType type) {
        return AttributePath.resolve(name, type).orElseThrow(() -> unknown(text, type));
    }

    private static ScimException unknown(String text, ResourceType type) {
        return ScimException.invalidPath(
                "path " + ScimException.quoted(text) + " names no attribute of " + type.name());
    }

    @Override
    public String toString() {
        if (filter == null) {
            return path.notation();
        }
        String selected = new Filter.ValuePath(path.parent(), filter).toString();
        AttributeDefinition part = path.subAttribute();
        return part == null ? selected : selected + '.' + part.name();
    }
}
