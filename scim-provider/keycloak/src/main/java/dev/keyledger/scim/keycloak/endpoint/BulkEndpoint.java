package dev.keyledger.scim.keycloak.endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.bulk.BulkExecutor;
import dev.keyledger.scim.bulk.BulkOperation;
import dev.keyledger.scim.bulk.BulkRequest;
import dev.keyledger.scim.bulk.BulkResponse;
import dev.keyledger.scim.bulk.BulkResult;
import dev.keyledger.scim.bulk.BulkRun;
import dev.keyledger.scim.keycloak.connection.Connection;
import dev.keyledger.scim.keycloak.event.ChangeEvents;
import dev.keyledger.scim.keycloak.event.RefusalEvents;
import dev.keyledger.scim.keycloak.event.RequestInfo;
import dev.keyledger.scim.message.ServiceProviderConfig;
import dev.keyledger.scim.resource.Json;
import dev.keyledger.scim.resource.JsonBody;
import dev.keyledger.scim.service.Outcome;
import dev.keyledger.scim.service.RequestOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;

/**
 * Many operations in one request. RFC 7644 section 3.7. Unlike the other endpoints it is called outside of a transaction, and
 * makes those that it needs.
 *
 * <p>Commit points: those of {@link BulkRun}; then, in one transaction more, the event of the Bulk itself.
 */
final class BulkEndpoint {
    private static final String NAME = "Bulk";
    private static final int CHUNK = 50;
    /** Nobody sees what an operation leaves behind, so a group's members need not be read for it. */
    private static final List<String> UNREAD = List.of("members");

    private final Transactions transactions;
    private final Connection connection;
    private final RequestInfo info;
    private final BiFunction<KeycloakSession, Connection, Router> routers;

    BulkEndpoint(
            Transactions transactions,
            Connection connection,
            RequestInfo info,
            BiFunction<KeycloakSession, Connection, Router> routers) {
        this.transactions = transactions;
        this.connection = connection;
        this.info = info;
        this.routers = routers;
    }

    static boolean serves(ScimPath path) {
        return path.isVersion2() && path.length() == 1 && path.at(0).equals(NAME);
    }

    Reply handle(ScimRequest request, ServiceProviderConfig.Bulk limits, RefusalEvents refusals) {
        if (!request.method().equals("POST")) {
            throw ScimException.methodNotAllowed(request.method(), "POST");
        }
        BulkRequest bulk =
                BulkRequest.parse(request.body(new JsonBody(limits.maxPayloadSize())), limits.maxOperations());
        BulkResponse response = new BulkRun(bulk, CHUNK, new Executor(refusals)).run();
        return transactions.run(own -> {
            connection
                    .in(own)
                    .ifPresent(here -> new ChangeEvents(own, here, info)
                            .bulk(response.results().size(), response.errors()));
            return Reply.ok(response.toJson(routers.apply(own, connection).baseUri()));
        });
    }

    private RequestInfo infoOf(BulkOperation operation) {
        String path = operation.path();
        return new RequestInfo(operation.method(), path.startsWith("/") ? path.substring(1) : path, info.requestId());
    }

    private final class Executor implements BulkExecutor {
        private final RefusalEvents refusals;

        Executor(RefusalEvents refusals) {
            this.refusals = refusals;
        }

        @Override
        public <T> T inTransaction(Function<Operations, T> work) {
            return transactions.run(own -> {
                Connection here = connection
                        .in(own)
                        .orElseThrow(() -> ScimException.unauthorized("the account of the client is gone"));
                Router router = routers.apply(own, here);
                return work.apply(operation -> execute(
                        operation,
                        path -> router.resources(path, here, new ChangeEvents(own, here, infoOf(operation)))));
            });
        }

        private Done execute(BulkOperation operation, Function<ScimPath, ResourceTypeEndpoint> endpoints) {
            ScimPath path = ScimPath.ofRelativeUri(operation.path());
            ResourceTypeEndpoint endpoint = endpoints.apply(path);
            endpoint.requireChange(operation.method(), path);
            ObjectNode data = operation.data();
            Outcome outcome = endpoint.change(
                    operation.method(),
                    path.at(1),
                    data == null ? Json.object() : data,
                    new RequestOptions(List.of(), UNREAD, operation.version(), null));
            return new Done(
                    outcome.status(), outcome.resource().id().orElseThrow(), outcome.location(), outcome.version());
        }

        @Override
        public ScimException fault(RuntimeException thrown) {
            return Faults.of(thrown, info.requestId());
        }

        @Override
        public void refused(List<BulkResult> results) {
            List<RefusalEvents.Refusal> told = new ArrayList<>();
            for (BulkResult result : results) {
                if (result.fault() != null) {
                    told.add(new RefusalEvents.Refusal(infoOf(result.operation()), result.fault()));
                }
            }
            refusals.record(told);
        }
    }
}
