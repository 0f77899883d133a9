package dev.keyledger.log.bundle;

import dev.keyledger.log.entry.Erasure;
import dev.keyledger.log.entry.Slot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where a bundle's private parts come from. A port: the server decrypts its rows. For every slot that was ever captured
 * it returns a state; a slot whose row is gone and of which no erasure is known is simply left out, and the verifier
 * will say that it is missing.
 */
@FunctionalInterface
public interface PrivateParts {
    /**
     * Returns the private parts of the entries {@code [from, to)} in index order; entries without any are left out.
     * Called for at most 256 entries at a time, in ascending order.
     */
    List<PrivateEntry> read(long from, long to) throws IOException;

    /** The same for single entries, whose indices ascend; at most 256 of them at a time. */
    default List<PrivateEntry> read(List<Long> indices) throws IOException {
        List<PrivateEntry> found = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= indices.size(); i++) {
            if (i == indices.size() || indices.get(i) != indices.get(i - 1) + 1) {
                found.addAll(read(indices.get(from), indices.get(i - 1) + 1));
                from = i;
            }
        }
        return found;
    }

    /**
     * The same with some slots held back, which are then {@link PrivateSlot.Sealed}. What an erasure lists is never held
     * back: it tells of nobody, and without it nobody can tell what was erased from what is missing.
     */
    default PrivateParts disclosing(Set<Slot> disclosed) {
        PrivateParts all = this;
        return new PrivateParts() {
            @Override
            public List<PrivateEntry> read(long from, long to) throws IOException {
                return all.read(from, to).stream().map(this::without).toList();
            }

            @Override
            public List<PrivateEntry> read(List<Long> indices) throws IOException {
                return all.read(indices).stream().map(this::without).toList();
            }

            private PrivateEntry without(PrivateEntry entry) {
                Map<Slot, PrivateSlot> slots = new EnumMap<>(Slot.class);
                entry.slots()
                        .forEach((slot, part) -> slots.put(slot, isTold(slot, part) ? part : new PrivateSlot.Sealed()));
                return new PrivateEntry(entry.index(), slots);
            }

            private boolean isTold(Slot slot, PrivateSlot part) {
                return disclosed.contains(slot)
                        || !(part instanceof PrivateSlot.Open open)
                        || (slot == Slot.CHANGE && Erasure.isList(open.value()));
            }
        };
    }
}
