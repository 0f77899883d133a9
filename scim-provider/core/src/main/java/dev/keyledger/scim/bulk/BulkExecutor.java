package dev.keyledger.scim.bulk;

import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.resource.Version;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Transactions, and what an operation does in one: the port of a Bulk, which the rim fills. */
public interface BulkExecutor {
    /**
     * Does the work in a transaction of its own. Commit point: when this returns, the transaction is committed; when it throws,
     * because the work threw or the commit failed, it is rolled back. The work may be called again after a rollback.
     */
    <T> T inTransaction(Function<Operations, T> work);

    /** What the client is told of an exception that {@link #inTransaction} threw. */
    ScimException fault(RuntimeException thrown);

    /** Records operations that were refused or failed; called outside of transactions, after the rollback. */
    void refused(List<BulkResult> results);

    /** The operations within one transaction. */
    interface Operations {
        /** Does an operation that has no references any more; throws whatever makes it impossible. */
        Done execute(BulkOperation operation);
    }

    /**
     * What an operation did.
     *
     * @param status   of the same request sent alone: 200, 201 or 204
     * @param id       of the resource
     * @param location its absolute URI
     * @param version  its version now; null after a DELETE
     */
    record Done(
            int status,
            String id,
            String location,
            @Nullable Version version) {}
}
