package dev.keyledger.log.witness;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The records of the largest size of each log. There are several of one log only when they name different roots, which
 * no honest log has. Used by one thread.
 */
final class NewestRecords {
    private final Map<String, List<WitnessRecord>> byOrigin = new TreeMap<>();

    void add(WitnessRecord record) {
        List<WitnessRecord> known = byOrigin.computeIfAbsent(record.origin(), origin -> new ArrayList<>());
        if (!known.isEmpty() && known.get(0).size() < record.size()) {
            known.clear();
        }
        boolean told = known.stream()
                .anyMatch(other -> other.size() > record.size()
                        || other.checkpoint()
                                .checkpoint()
                                .equals(record.checkpoint().checkpoint()));
        if (!told) {
            known.add(record);
        }
    }

    List<WitnessRecord> of(String origin) {
        return List.copyOf(byOrigin.getOrDefault(origin, List.of()));
    }

    /** One record after the other, ordered by origin. */
    List<WitnessRecord> all() {
        return byOrigin.values().stream().flatMap(List::stream).toList();
    }

    Map<String, List<WitnessRecord>> byOrigin() {
        return Collections.unmodifiableMap(byOrigin);
    }
}
