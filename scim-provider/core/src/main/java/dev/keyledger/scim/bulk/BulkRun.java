package dev.keyledger.scim.bulk;

import dev.keyledger.scim.ScimException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One Bulk on its way.
 *
 * <p>Operations are done in chunks, each in a transaction. When an operation of a chunk fails, the chunk is rolled back, and
 * the operations before that one are done again, without it; then it is tried once more, alone at the head of the rest, and
 * what it fails with there is its answer. So no operation undoes another, and one that fails costs the work of its chunk twice.
 *
 * <p>Commit points: the end of each such transaction. A crash leaves the operations of the transactions before it, and their
 * records; the client has no answer and may send the Bulk again.
 */
public final class BulkRun {
    private final BulkExecutor executor;
    private final int chunkSize;
    private final BulkRequest request;
    private final BulkPlan plan;
    private final @Nullable BulkResult[] results;
    private final Map<String, String> ids = new HashMap<>();
    private final List<BulkResult> refused = new ArrayList<>();
    private int errors;

    /** A run of the request; at most {@code chunkSize} operations share a transaction. */
    public BulkRun(BulkRequest request, int chunkSize, BulkExecutor executor) {
        this.request = request;
        this.chunkSize = chunkSize;
        this.executor = executor;
        this.plan = new BulkPlan(request.operations());
        this.results = new BulkResult[request.operations().size()];
    }

    /** Does it all, or as much as {@code failOnErrors} permits. */
    public BulkResponse run() {
        List<Integer> chunk = new ArrayList<>(chunkSize);
        for (int operation : plan.order()) {
            ScimException fault = plan.fault(operation);
            if (fault != null || chunk.size() == chunkSize) {
                execute(chunk);
                chunk.clear();
            }
            if (fault == null) {
                chunk.add(operation);
            } else if (!isOver()) {
                fail(operation, request.operations().get(operation), fault);
            }
        }
        execute(chunk);
        tellRefused();
        return new BulkResponse(Arrays.stream(results).filter(Objects::nonNull).toList());
    }

    private boolean isOver() {
        return errors >= request.failOnErrors();
    }

    private void execute(List<Integer> chunk) {
        int at = 0;
        int end = chunk.size();
        while (at < chunk.size() && !isOver()) {
            Attempt attempt = new Attempt(chunk.subList(at, end));
            try {
                executor.inTransaction(attempt::run);
                attempt.keep();
                at = end;
                end = chunk.size();
            } catch (RuntimeException thrown) {
                int good = attempt.done.size();
                if (end - at == 1 || good == 0) {
                    fail(chunk.get(at), attempt.current, executor.fault(thrown));
                    at++;
                    end = chunk.size();
                } else {
                    // all went well up to the commit: one of them is to blame, and halving finds it
                    end = at + (good == end - at ? good / 2 : good);
                }
            }
        }
        tellRefused();
    }

    private void fail(int index, BulkOperation operation, ScimException fault) {
        BulkResult result = new BulkResult(operation, null, fault);
        results[index] = result;
        refused.add(result);
        errors++;
    }

    private void tellRefused() {
        if (!refused.isEmpty()) {
            executor.refused(List.copyOf(refused));
            refused.clear();
        }
    }

    /** Some operations in one transaction; what it learns counts once the transaction is committed. */
    private final class Attempt {
        private final List<Integer> operations;
        private final List<BulkResult> done = new ArrayList<>();
        private final Map<String, String> created = new HashMap<>();
        private BulkOperation current;

        Attempt(List<Integer> operations) {
            this.operations = operations;
            this.current = request.operations().get(operations.get(0));
        }

        int run(BulkExecutor.Operations transaction) {
            done.clear();
            created.clear();
            for (int index : operations) {
                current = request.operations().get(index);
                current = BulkReferences.resolve(current, this::idOf);
                BulkExecutor.Done what = transaction.execute(current);
                if (current.isCreation() && current.bulkId() != null) {
                    created.put(current.bulkId(), what.id());
                }
                done.add(new BulkResult(current, what, null));
            }
            return done.size();
        }

        void keep() {
            for (int i = 0; i < done.size(); i++) {
                results[operations.get(i)] = done.get(i);
            }
            ids.putAll(created);
        }

        private String idOf(String bulkId) {
            String id = created.getOrDefault(bulkId, ids.get(bulkId));
            if (id == null) {
                throw ScimException.conflict(
                        "the resource of bulkId " + ScimException.quoted(bulkId) + " was not created");
            }
            return id;
        }
    }
}
