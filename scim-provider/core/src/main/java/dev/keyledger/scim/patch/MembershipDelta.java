package dev.keyledger.scim.patch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request does to the members of a group, said without knowing who they are: the members afterwards are
 * {@code (all ? nobody : the present ones without removed) and added}. Removing who is no member, or adding who is one, is no
 * fault. {@code added} and {@code removed} have no id in common. Members are users and groups.
 *
 * @param replacesAll whether all present members go first
 * @param added       the member objects ({@code value}, perhaps {@code type}) that are members afterwards, by {@code value}
 * @param removed     those who are no members afterwards; empty if {@code replacesAll}
 */
public record MembershipDelta(boolean replacesAll, Map<String, ObjectNode> added, Set<Selected> removed) {
    /** The attribute whose operations become a delta. */
    public static final String ATTRIBUTE = "members";

    /**
     * Which member a removal means.
     *
     * @param value the member's id
     * @param type  the type that it has to have, in any case of letters, or null for any
     */
    public record Selected(String value, @Nullable String type) implements Comparable<Selected> {
        private static final Comparator<Selected> ORDER = Comparator.comparing(Selected::value)
                .thenComparing(Selected::type, Comparator.nullsFirst(Comparator.naturalOrder()));

        /** The member of that id, whatever it is. */
        public static Selected of(String value) {
            return new Selected(value, null);
        }

        /** A set of texts of the same hash, which anybody can make, is fast if they are ordered. */
        @Override
        public int compareTo(Selected other) {
            return ORDER.compare(this, other);
        }

        /** Whether a member of that id and this type is meant. */
        public boolean allows(String memberType) {
            return type == null || type.equalsIgnoreCase(memberType);
        }
    }

    /** Copies, in order. */
    public MembershipDelta {
        added = Collections.unmodifiableMap(new LinkedHashMap<>(added));
        removed = Collections.unmodifiableSet(new LinkedHashSet<>(removed));
    }

    /** No change. */
    public static MembershipDelta none() {
        return new MembershipDelta(false, Map.of(), Set.of());
    }

    /** These members more. */
    public static MembershipDelta adding(Map<String, ObjectNode> members) {
        return new MembershipDelta(false, members, Set.of());
    }

    /** Exactly these members afterwards. */
    public static MembershipDelta exactly(Map<String, ObjectNode> members) {
        return new MembershipDelta(true, members, Set.of());
    }

    /** Whether it changes nobody's membership, whoever is a member. */
    public boolean isEmpty() {
        return !replacesAll && added.isEmpty() && removed.isEmpty();
    }
}
