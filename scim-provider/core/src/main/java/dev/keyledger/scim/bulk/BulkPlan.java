package dev.keyledger.scim.bulk;

import dev.keyledger.scim.ScimException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * In which order the operations of a Bulk are done, and which of them cannot be done whatever happens.
 *
 * <p>The order is that of the request, except that what an operation refers to comes before it. Refused are malformed
 * operations, creations that share a bulkId (400), references to a bulkId that no creation has (400), and operations that
 * refer to each other in a circle (409). Operations are known by their place in the request, from 0.
 */
final class BulkPlan {
    private final List<BulkOperation> operations;
    private final Map<String, Integer> creations = new HashMap<>();
    private final List<List<Integer>> needs = new ArrayList<>();
    private final @Nullable ScimException[] faults;
    private final List<Integer> order;

    BulkPlan(List<BulkOperation> operations) {
        this.operations = operations;
        this.faults = new ScimException[operations.size()];
        nameCreations();
        for (int i = 0; i < operations.size(); i++) {
            needs.add(needs(i));
        }
        refuseCircles();
        this.order = sorted();
    }

    /** All operations, each once. */
    List<Integer> order() {
        return order;
    }

    /** Why the operation cannot be done, or null if it may be tried. */
    @Nullable
    ScimException fault(int operation) {
        return faults[operation];
    }

    private void nameCreations() {
        Set<String> twice = new HashSet<>();
        for (int i = 0; i < faults.length; i++) {
            faults[i] = operations.get(i).fault();
            String bulkId = operations.get(i).bulkId();
            if (bulkId != null && operations.get(i).isCreation() && creations.put(bulkId, i) != null) {
                twice.add(bulkId);
            }
        }
        for (int i = 0; i < faults.length; i++) {
            String bulkId = operations.get(i).bulkId();
            if (bulkId != null && twice.contains(bulkId) && operations.get(i).isCreation()) {
                refuse(
                        i,
                        ScimException.invalidValue(
                                "more than one operation has the bulkId " + ScimException.quoted(bulkId)));
            }
        }
    }

    private List<Integer> needs(int operation) {
        List<Integer> needed = new ArrayList<>();
        for (String bulkId : BulkReferences.of(operations.get(operation))) {
            Integer creation = creations.get(bulkId);
            if (creation == null) {
                refuse(
                        operation,
                        ScimException.invalidValue(
                                "no POST of this Bulk has the bulkId " + ScimException.quoted(bulkId)));
            } else {
                needed.add(creation);
            }
        }
        return needed;
    }

    /** What is left when nobody leaves who waits for nobody or for whom nobody waits: the circles and what joins them. */
    private void refuseCircles() {
        List<List<Integer>> neededBy = new ArrayList<>();
        needs.forEach(each -> neededBy.add(new ArrayList<>()));
        for (int i = 0; i < needs.size(); i++) {
            for (int needed : needs.get(i)) {
                neededBy.get(needed).add(i);
            }
        }
        boolean[] free = new boolean[needs.size()];
        release(needs, neededBy, free);
        release(neededBy, needs, free);
        for (int i = 0; i < free.length; i++) {
            if (!free[i]) {
                refuse(i, ScimException.conflict("the operation and others refer to each other in a circle"));
            }
        }
    }

    private static void release(List<List<Integer>> waitsFor, List<List<Integer>> waitedFor, boolean[] free) {
        int[] open = new int[free.length];
        Deque<Integer> ready = new ArrayDeque<>();
        for (int i = 0; i < free.length; i++) {
            for (int other : waitsFor.get(i)) {
                open[i] += free[other] ? 0 : 1;
            }
            if (open[i] == 0 && !free[i]) {
                ready.add(i);
            }
        }
        while (!ready.isEmpty()) {
            int leaving = ready.remove();
            free[leaving] = true;
            for (int other : waitedFor.get(leaving)) {
                if (--open[other] == 0 && !free[other]) {
                    ready.add(other);
                }
            }
        }
    }

    private void refuse(int operation, ScimException why) {
        if (faults[operation] == null) {
            faults[operation] = why;
        }
    }

    private List<Integer> sorted() {
        List<Integer> sorted = new ArrayList<>(needs.size());
        boolean[] seen = new boolean[needs.size()];
        int[] next = new int[needs.size()];
        Deque<Integer> path = new ArrayDeque<>();
        for (int i = 0; i < seen.length; i++) {
            enter(i, seen, path);
            while (!path.isEmpty()) {
                int top = path.element();
                if (next[top] < needs.get(top).size()) {
                    enter(needs.get(top).get(next[top]++), seen, path);
                } else {
                    sorted.add(path.pop());
                }
            }
        }
        return List.copyOf(sorted);
    }

    private static void enter(int operation, boolean[] seen, Deque<Integer> path) {
        if (!seen[operation]) {
            seen[operation] = true;
            path.push(operation);
        }
    }
}
