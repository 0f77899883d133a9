package dev.keyledger.scim.keycloak.group;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.patch.MembershipDelta;
import dev.keyledger.scim.patch.MembershipDelta.Selected;
import dev.keyledger.scim.resource.Change;
import dev.keyledger.scim.resource.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.keycloak.models.GroupModel;
import org.keycloak.models.jpa.entities.UserEntity;

/**
 * Applies membership deltas. Asks for the membership of those who are named, and for all ids only when all are to be replaced;
 * writes the difference and nothing else. An id without a type is looked for among the users first and then among the groups.
 */
final class MembershipWriter {
    private final Members members;
    private final UserMemberships users;
    private final ChildGroups children;
    private final String baseUri;

    MembershipWriter(Members members, UserMemberships users, ChildGroups children, String baseUri) {
        this.members = members;
        this.users = users;
        this.children = children;
        this.baseUri = baseUri;
    }

    /**
     * Applies the delta and returns who really left ({@code before}) and joined ({@code after}), as the attribute members.
     *
     * @param lock takes the lock of the group; run before several leave, whom another request might take out in another order,
     *     and before groups are asked for. Not where users join or one leaves: of two requests for the same user the database
     *     lets one
     */
    Change apply(GroupModel group, MembershipDelta delta, Runnable lock) {
        Set<String> presentUsers =
                delta.replacesAll() ? members.ids(Member.Type.USER, group.getId()) : new LinkedHashSet<>();
        Map<UserEntity, Boolean> candidates = members.users(group.getId(), candidates(delta, presentUsers));
        candidates.forEach((user, present) -> {
            if (present) {
                presentUsers.add(user.getId());
            }
        });
        Set<String> asUsers = new HashSet<>(presentUsers);
        candidates.keySet().forEach(user -> asUsers.add(user.getId()));
        List<UserEntity> oldUsers = of(candidates, leaving(Member.Type.USER, presentUsers, delta));
        Set<String> others = without(named(delta), asUsers);
        if (oldUsers.size() > 1 || !others.isEmpty()) {
            lock.run();
        }
        Set<String> presentGroups = presentGroups(group, delta, others);
        Set<String> newGroups = without(without(delta.added().keySet(), asUsers), presentGroups);
        delta.added()
                .forEach((id, member) ->
                        requireType(member, asUsers.contains(id) ? Member.Type.USER : Member.Type.GROUP));

        List<UserEntity> newUsers = of(candidates, without(delta.added().keySet(), presentUsers));
        List<Member> left =
                new ArrayList<>(oldUsers.stream().map(MembershipWriter::member).toList());
        List<Member> joined =
                new ArrayList<>(newUsers.stream().map(MembershipWriter::member).toList());
        users.leave(group, oldUsers);
        left.addAll(children.release(group, leaving(Member.Type.GROUP, presentGroups, delta)));
        users.join(group, newUsers);
        joined.addAll(children.adopt(group, newGroups));
        return change(left, joined);
    }

    /** Moves all members of type Group to the top level, and returns the change. */
    Change releaseChildren(GroupModel group) {
        return change(children.releaseAny(group, members.everyChild(group.getId())), List.of());
    }

    /** Who can join or leave: those who are named, or who are to be replaced and are not named; not those who stay. */
    private static Set<String> candidates(MembershipDelta delta, Set<String> replaced) {
        Set<String> candidates = without(named(delta), replaced);
        candidates.addAll(without(replaced, delta.added().keySet()));
        return candidates;
    }

    private Set<String> presentGroups(GroupModel group, MembershipDelta delta, Set<String> named) {
        return delta.replacesAll()
                ? members.ids(Member.Type.GROUP, group.getId())
                : members.childIds(group.getId(), named);
    }

    private static List<UserEntity> of(Map<UserEntity, Boolean> candidates, Set<String> ids) {
        return candidates.keySet().stream()
                .filter(user -> ids.contains(user.getId()))
                .toList();
    }

    private static Set<String> named(MembershipDelta delta) {
        Set<String> named = new LinkedHashSet<>(delta.added().keySet());
        delta.removed().forEach(selected -> named.add(selected.value()));
        return named;
    }

    private static Set<String> leaving(Member.Type type, Set<String> present, MembershipDelta delta) {
        if (delta.replacesAll()) {
            return without(present, delta.added().keySet());
        }
        Set<String> leaving = new LinkedHashSet<>();
        for (Selected selected : delta.removed()) {
            if (present.contains(selected.value()) && selected.allows(type.word())) {
                leaving.add(selected.value());
            }
        }
        return leaving;
    }

    private static Set<String> without(Collection<String> ids, Collection<String> others) {
        Set<String> rest = new LinkedHashSet<>(ids);
        others.forEach(rest::remove);
        return rest;
    }

    private static void requireType(ObjectNode member, Member.Type type) {
        String declared = member.path("type").asText();
        if (!declared.isEmpty() && !declared.equalsIgnoreCase(type.word())) {
            throw ScimException.invalidValue("no " + ScimException.quoted(declared) + " has the id "
                    + ScimException.quoted(member.path("value").asText())
                    + "; members are of type User or Group");
        }
    }

    private static Member member(UserEntity user) {
        return new Member(Member.Type.USER, user.getId(), user.getUsername());
    }

    private Change change(List<Member> left, List<Member> joined) {
        return left.isEmpty() && joined.isEmpty()
                ? Change.none()
                : Change.none()
                        .with("members", left.isEmpty() ? null : json(left), joined.isEmpty() ? null : json(joined));
    }

    private ArrayNode json(List<Member> list) {
        ArrayNode json = Json.array();
        list.forEach(member -> json.add(member.toJson(baseUri)));
        return json;
    }
}
