package dev.keyledger.scim.patch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a request does to the members of a group, said without knowing who they are: the members afterwards are
 * {@code (all ? nobody : the present ones without removed) and added}. Removing who is no member, or adding who is one, is no
 * fault. {@code added} and {@code removed} have no id in common.
 *
 * @param replacesAll whether all present members go first
 * @param added       the member objects ({@code value}, perhaps {@code type}) that are members afterwards, by {@code value}
 * @param removed     the ids of those who are no members afterwards; empty if {@code replacesAll}
 */
public record MembershipDelta(boolean replacesAll, Map<String, ObjectNode> added, Set<String> removed) {
    /** The attribute whose operations become a delta. */
    public static final String ATTRIBUTE = "members";

    /** Copies, in order. */
    public MembershipDelta {
        added = Collections.unmodifiableMap(new LinkedHashMap<>(added));
        removed = Collections.unmodifiableSet(new LinkedHashSet<>(removed));
    }

    /** No change. */
    public static MembershipDelta none() {
        return new MembershipDelta(false, Map.of(), Set.of());
    }

    /** Exactly these members afterwards. */
    public static MembershipDelta exactly(Map<String, ObjectNode> members) {
        return new MembershipDelta(true, members, Set.of());
    }

    /** Whether it changes nobody's membership, whoever is a member. */
    public boolean isEmpty() {
        return !replacesAll && added.isEmpty() && removed.isEmpty();
    }

    /** This delta and then these members more. */
    public MembershipDelta thenAdd(Map<String, ObjectNode> members) {
        Map<String, ObjectNode> nowAdded = new LinkedHashMap<>(added);
        nowAdded.putAll(members);
        Set<String> nowRemoved = new LinkedHashSet<>(removed);
        nowRemoved.removeAll(members.keySet());
        return new MembershipDelta(replacesAll, nowAdded, nowRemoved);
    }

    /** This delta and then without these members. */
    public MembershipDelta thenRemove(Set<String> ids) {
        Map<String, ObjectNode> nowAdded = new LinkedHashMap<>(added);
        nowAdded.keySet().removeAll(ids);
        Set<String> nowRemoved = new LinkedHashSet<>(removed);
        if (!replacesAll) {
            nowRemoved.addAll(ids);
        }
        return new MembershipDelta(replacesAll, nowAdded, nowRemoved);
    }
}
