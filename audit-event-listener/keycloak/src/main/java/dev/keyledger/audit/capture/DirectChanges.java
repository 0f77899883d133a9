package dev.keyledger.audit.capture;

import dev.keyledger.log.json.JsonArray;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds the place of each direct change of one transaction. What an entry tells anyway is not told twice: an admin's
 * entry about a user shows the user's roles and groups. What an entry about the same user does not show, as a login's
 * does not, it gets as a detail. Only what then is left has an entry of its own, one for each thing.
 */
final class DirectChanges {
    private final List<Draft> drafts;
    private final List<DirectChange> changes;

    /**
     * @param drafts of the transaction's events
     * @param changes in the order in which they were made
     */
    DirectChanges(List<Draft> drafts, List<DirectChange> changes) {
        this.drafts = List.copyOf(drafts);
        this.changes = List.copyOf(changes);
    }

    /** Makes the entry of a change that no event tells. */
    interface OwnEntry {
        Draft of(DirectChange change, Map<String, JsonValue> members);
    }

    /** The drafts with what they gained, and those that are needed beside them. */
    List<Draft> settle(OwnEntry own) {
        Set<String> wholeRealms = new HashSet<>();
        changes.stream().filter(DirectChange::isWholeRealm).forEach(change -> wholeRealms.add(change.realmId()));
        Map<Target, List<DirectChange>> open = new LinkedHashMap<>();
        for (DirectChange change : changes) {
            boolean inWholeRealm = !change.isWholeRealm() && wholeRealms.contains(change.realmId());
            if (!inWholeRealm && !isCovered(change)) {
                open.computeIfAbsent(key(change), target -> new ArrayList<>()).add(change);
            }
        }
        List<Draft> settled = new ArrayList<>(drafts);
        open.values().forEach(ofOneThing -> place(settled, ofOneThing, own));
        return settled;
    }

    private void place(List<Draft> settled, List<DirectChange> ofOneThing, OwnEntry own) {
        Map<String, JsonValue> members = members(ofOneThing);
        DirectChange first = ofOneThing.get(0);
        for (int i = 0; i < drafts.size(); i++) {
            if (isSame(drafts.get(i), first.realmId(), first.about())) {
                settled.set(i, settled.get(i).withDetails(members));
                return;
            }
        }
        // The last word on a thing is what became of it.
        settled.add(own.of(ofOneThing.get(ofOneThing.size() - 1), members));
    }

    /** An observed entry shows the whole state, one about what the change is part of tells it in its own words. */
    private boolean isCovered(DirectChange change) {
        boolean shown = change.isPartOfTheState()
                && drafts.stream()
                        .anyMatch(draft -> draft.observed() && isSame(draft, change.realmId(), change.about()));
        boolean part = change.coveredBy().stream().anyMatch(target -> isTold(change.realmId(), target));
        return shown || part;
    }

    /** Of its members a group's state says nothing, but that they are none when it is gone. */
    private boolean isTold(String realmId, Target target) {
        boolean group = target.type().equals(Target.GROUP);
        boolean byEvent = drafts.stream()
                .filter(draft ->
                        !group || !draft.observed() || draft.operation().equals("DELETE"))
                .anyMatch(draft -> isSame(draft, realmId, target));
        return byEvent
                || changes.stream()
                        .filter(change -> change.member() == null)
                        .filter(change -> !group || change.operation().equals("DELETE"))
                        .anyMatch(change -> isSame(change.about(), target));
    }

    private static boolean isSame(Draft draft, String realmId, Target target) {
        return draft.realmId().equals(realmId) && draft.target() != null && isSame(draft.target(), target);
    }

    private static boolean isSame(Target told, Target target) {
        if (!told.type().equals(target.type())) {
            return false;
        }
        if (target.id() == null && target.name() == null) {
            return true;
        }
        if (told.id() == null || target.id() == null) {
            return told.name() != null && told.name().equals(target.name());
        }
        return told.id().equals(target.id());
    }

    private static Target key(DirectChange change) {
        Target about = change.about();
        return new Target(about.type(), about.id(), about.id() == null ? about.name() : null, change.realmId(), null);
    }

    private static Map<String, JsonValue> members(List<DirectChange> ofOneThing) {
        Map<String, List<JsonValue>> values = new TreeMap<>();
        for (DirectChange change : ofOneThing) {
            String member = change.member();
            if (member != null) {
                values.computeIfAbsent(member, name -> new ArrayList<>()).add(value(change));
            }
        }
        Map<String, JsonValue> members = new TreeMap<>();
        values.forEach((name, all) -> members.put(name, new JsonArray(all)));
        return members;
    }

    private static JsonString value(DirectChange change) {
        return JsonString.of(change.value().get());
    }
}
