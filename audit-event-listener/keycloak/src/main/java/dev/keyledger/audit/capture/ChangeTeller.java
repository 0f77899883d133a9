package dev.keyledger.audit.capture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Finishes the drafts of one transaction. What can be observed is what was there before the transaction and what it
 * leaves behind. So of several entries about one thing one tells the difference between the two, and the others name it
 * in their detail {@value #TOLD_IN}. What the state does not show each entry tells by itself, as its event does.
 */
final class ChangeTeller {
    /** The detail that names the entry that tells the change. */
    static final String TOLD_IN = "change.toldIn";

    private final BiFunction<String, Target, Optional<Snapshot>> states;
    private final Map<Thing, Optional<Snapshot>> known = new HashMap<>();

    /** @param states reads the state that the transaction leaves behind, by realm and target */
    ChangeTeller(BiFunction<String, Target, Optional<Snapshot>> states) {
        this.states = states;
    }

    /** An entry before it is finished; {@code before} is what was there before the transaction. */
    record Pending(String id, Draft draft, @Nullable Snapshot before) {}

    /** An entry that is ready to be stored. */
    record Told(String id, Draft draft) {}

    List<Told> tell(List<Pending> entries) {
        Map<Thing, Pending> tellers = new HashMap<>();
        Map<Thing, Snapshot> befores = new HashMap<>();
        for (Pending entry : entries) {
            if (entry.draft().observed()) {
                Thing thing = thing(entry);
                tellers.merge(thing, entry, ChangeTeller::betterTeller);
                if (entry.before() != null) {
                    befores.putIfAbsent(thing, entry.before());
                }
            }
        }
        List<Told> told = new ArrayList<>();
        for (Pending entry : entries) {
            finish(entry, tellers, befores).asItTurnedOut().ifPresent(draft -> told.add(new Told(entry.id(), draft)));
        }
        return told;
    }

    private Draft finish(Pending entry, Map<Thing, Pending> tellers, Map<Thing, Snapshot> befores) {
        Draft draft = entry.draft();
        Target target = draft.target();
        if (!draft.observed() || target == null) {
            return draft;
        }
        Thing thing = thing(entry);
        Snapshot before = befores.get(thing);
        Snapshot after = after(entry).orElse(null);
        Snapshot newest = after == null ? before : after;
        Target found = newest == null ? target : target.found(newest);
        Pending teller = tellers.get(thing);
        if (teller != null && !teller.id().equals(entry.id())) {
            return draft.isShownByState()
                    ? draft.telling(found, Change.NONE).withDetail(TOLD_IN, teller.id())
                    : draft.telling(found, draft.change());
        }
        Change change =
                Change.between(before == null ? null : before.attributes(), after == null ? null : after.attributes());
        boolean unknown = before == null && after == null;
        boolean silent = change.isEmpty() && (unknown || !draft.isShownByState());
        return draft.telling(found, silent ? draft.change() : change);
    }

    private static Pending betterTeller(Pending first, Pending second) {
        return second.draft().tellingRank() > first.draft().tellingRank() ? second : first;
    }

    /** By its id: a name can be another one by now. */
    private static Target identified(Pending entry, Target target) {
        return entry.before() == null ? target : target.found(entry.before());
    }

    private Optional<Snapshot> after(Pending entry) {
        Target target = entry.draft().target();
        if (target == null) {
            return Optional.empty();
        }
        Target identified = identified(entry, target);
        String realmId = entry.draft().realmId();
        return known.computeIfAbsent(Thing.of(realmId, identified), thing -> states.apply(realmId, identified));
    }

    private Thing thing(Pending entry) {
        Target target = entry.draft().target();
        if (target == null) {
            throw new IllegalArgumentException("an entry without a target is not observed");
        }
        Target identified = identified(entry, target);
        return Thing.of(
                entry.draft().realmId(), after(entry).map(identified::found).orElse(identified));
    }

    /** What entries have in common that are about the same. */
    private record Thing(
            String realmId,
            String type,
            @Nullable String id,
            @Nullable String parentId,
            @Nullable String name) {
        static Thing of(String realmId, Target target) {
            return target.id() == null
                    ? new Thing(realmId, target.type(), null, target.parentId(), target.name())
                    : new Thing(realmId, target.type(), target.id(), null, null);
        }
    }
}
