package dev.keyledger.audit.privacy;

import dev.keyledger.audit.storage.KnownAs;
import dev.keyledger.log.entry.Disclosure;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.json.JsonArray;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What one person is known by, and whether a slot that is not the person's own tells of the person all the same: a
 * group's list of members, the name that somebody tried to log in with, the filter of an export. An id and an e-mail
 * address are recognized wherever they stand; a user name, which may be a common word, where names stand; first and last
 * name only together, and there. Whoever else has the same first and last name cannot be told from the person.
 */
final class Mentions {
    /** Members whose text is a user name. */
    private static final Set<String> NAMES = Set.of(
            "username",
            "user_name",
            "impersonator",
            "display",
            "manager",
            "manager.displayname",
            "login",
            "filter.user",
            "filter.actor",
            "filter.target");

    private static final int MIN_ID = 8;

    private final String id;
    private final KnownAs knownAs = new KnownAs();
    private final Set<String> names = knownAs.names();

    Mentions(String id) {
        this.id = id.toLowerCase(Locale.ROOT);
    }

    /** Takes in names that were learned before. */
    void know(Set<String> known) {
        knownAs.know(known);
    }

    /** Takes in what was kept when entries of the person's were pruned. */
    void know(KnownAs known) {
        knownAs.know(known);
    }

    /** Takes in the names that one of the person's own slots tells. */
    void learn(Disclosure own) {
        knownAs.learn(own);
    }

    /** Of {@code members[7].display} the {@code display}, in lower case; of what a manager is called, the manager as well. */
    private static String last(String member) {
        String lower = member.toLowerCase(Locale.ROOT);
        String plain = lower.substring(lower.lastIndexOf(']') + 1);
        String path = plain.isEmpty() ? lower : plain;
        return path.endsWith("manager.displayname") ? "manager.displayname" : path.substring(path.lastIndexOf('.') + 1);
    }

    /** User names, e-mail addresses, and first and last names together, in lower case. */
    Set<String> names() {
        return names;
    }

    /** Whether a text of people tells who it is about. */
    boolean isIn(String text) {
        return isInText(text.toLowerCase(Locale.ROOT), name -> false);
    }

    /**
     * Whether somebody else's slot tells of the person.
     *
     * @param isOwners whether whom the slot belongs to is called that, too: then it tells of that one
     */
    boolean isIn(Disclosure part, Predicate<String> isOwners) {
        JsonValue type = part.value().get("type");
        boolean named = switch (part.slot()) {
            case ACTOR -> true;
            case TARGET -> type instanceof JsonString text && text.value().equals("USER");
            default -> false;
        };
        return (named && part.value().get("name") instanceof JsonString name && isName(lower(name), isOwners))
                || isIn("", part.value(), isOwners);
    }

    private boolean isIn(String member, JsonValue value, Predicate<String> isOwners) {
        if (value instanceof JsonString text) {
            String lower = lower(text);
            return (id.length() >= MIN_ID && lower.contains(id))
                    || names.stream()
                            .anyMatch(name -> name.contains("@") && isWordIn(name, lower) && !isOwners.test(name))
                    || (isName(lower, isOwners) && (NAMES.contains(member) || NAMES.contains(last(member))))
                    || (member.equals("error") && isInText(lower, isOwners));
        }
        if (value instanceof JsonArray array) {
            return array.elements().stream().anyMatch(element -> isIn(member, element, isOwners));
        }
        return value instanceof JsonObject object
                && object.members().entrySet().stream()
                        .anyMatch(each -> isIn("", new JsonString(each.getKey()), isOwners)
                                || isIn(each.getKey().toLowerCase(Locale.ROOT), each.getValue(), isOwners));
    }

    private boolean isName(String lower, Predicate<String> isOwners) {
        return names.contains(lower) && !isOwners.test(lower);
    }

    private boolean isInText(String lower, Predicate<String> isOwners) {
        return (id.length() >= MIN_ID && lower.contains(id))
                || names.stream().anyMatch(name -> isWordIn(name, lower) && !isOwners.test(name));
    }

    private static boolean isWordIn(String name, String lower) {
        return lower.contains(name)
                && Pattern.compile("(?<![\\p{L}\\p{N}._-])" + Pattern.quote(name)
                                + "(?![\\p{L}\\p{N}_-]|\\.[\\p{L}\\p{N}])")
                        .matcher(lower)
                        .find();
    }

    private static String lower(JsonString text) {
        return text.value().toLowerCase(Locale.ROOT);
    }

    /** Whether a slot is of a kind that only names somebody, as of a login that failed; its address goes with it. */
    static boolean isNamedOnly(Disclosure part) {
        return part.slot() == Slot.ACTOR && part.value().get("id") == null;
    }
}
