package dev.keyledger.scim.keycloak.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.keycloak.contract.Contract;
import dev.keyledger.scim.keycloak.contract.ContractJson;
import dev.keyledger.scim.keycloak.contract.Contracts;
import dev.keyledger.scim.keycloak.schema.RealmSchema;
import dev.keyledger.scim.keycloak.schema.RealmSchemas;
import dev.keyledger.scim.keycloak.storage.Activities;
import dev.keyledger.scim.keycloak.storage.ActivityEntity;
import dev.keyledger.scim.keycloak.storage.Provisioned;
import dev.keyledger.scim.keycloak.storage.Tokens;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.ClientModel;

/**
 * The connections of one realm. A PUT makes or replaces one, and the same PUT once more changes nothing and tells nothing.
 *
 * <p>Commit point: Keycloak's, at the end of the request; connection, client and events are there together or not at all.
 */
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
public final class ConnectionsResource {
    private static final String RESOURCE_TYPE = "SCIM_CONNECTION";
    private static final String PATH = "connections";

    private final Administrator administrator;
    private final Contracts contracts;
    private final ServiceClients clients;
    private final InstantSource clock;
    private final Preview preview;
    private final RealmSchemas schemas;

    ConnectionsResource(Administrator administrator, Contracts contracts, RealmSchemas schemas, InstantSource clock) {
        this.clock = clock;
        this.schemas = schemas;
        this.preview = new Preview(administrator, schemas, clock);
        this.administrator = administrator;
        this.contracts = contracts;
        this.clients = new ServiceClients(administrator);
    }

    /** All of them, the built-in one too. */
    @GET
    @Path(PATH)
    public String all() {
        administrator.requireView();
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        contracts.all(administrator.realm()).forEach(contract -> all.add(ContractJson.toJson(contract)));
        return all.toString();
    }

    /** One of them. */
    @GET
    @Path(PATH + "/{name}")
    public String one(@PathParam("name") String name) {
        administrator.requireView();
        return ContractJson.toJson(existing(name)).toString();
    }

    /** Makes the connection (201), or makes it what the body says (200); what the body leaves out has its default. */
    @PUT
    @Path(PATH + "/{name}")
    public Response put(@PathParam("name") String name, String body) {
        administrator.requireManage();
        Contract wanted;
        try {
            wanted = ContractJson.parse(name, body);
        } catch (IllegalArgumentException e) {
            throw ApiError.invalid(String.valueOf(e.getMessage()));
        }
        administrator.requireRightsFor(wanted);
        requireFree(wanted);
        Optional<Contract> known = contracts.find(administrator.realm(), name);
        Optional<ClientModel> client = clients.of(wanted);
        client.ifPresent(named -> requireFree(name, named));
        ObjectNode json = ContractJson.toJson(wanted);
        if (known.equals(Optional.of(wanted))) {
            return Response.ok(json.toString()).build();
        }
        contracts.put(administrator.realm(), wanted, client);
        administrator.tell(
                known.isPresent() ? OperationType.UPDATE : OperationType.CREATE, RESOURCE_TYPE, json, PATH, name);
        return Response.status(known.isPresent() ? 200 : 201)
                .entity(json.toString())
                .build();
    }

    /** Removes the connection; the built-in one is again as it was before anybody changed it. */
    @DELETE
    @Path(PATH + "/{name}")
    public void remove(@PathParam("name") String name) {
        administrator.requireManage();
        Contract gone = existing(name);
        if (contracts.remove(administrator.realm(), name)) {
            administrator.tell(OperationType.DELETE, RESOURCE_TYPE, "", PATH, name);
            tokens().removeAll(name);
            activities().forget(name);
            Provisioned.of(administrator.session(), administrator.realm(), name).forget();
            clients.release(gone);
        }
    }

    /** Its provisioning tokens. */
    @Path(PATH + "/{name}/tokens")
    public TokensResource tokens(@PathParam("name") String name) {
        administrator.requireView();
        Contract contract = existing(name);
        if (contract.catchesAll()) {
            throw ApiError.invalid("the built-in connection has no client to act as, and so no tokens");
        }
        contracts.client(administrator.realm(), contract).ifPresent(administrator::requireRightsOf);
        return new TokensResource(administrator, name, tokens(), clock);
    }

    /** How much each connection was used in the last 24 hours, by name; one that was never used too. */
    @GET
    @Path("activity")
    public String activity() {
        administrator.requireView();
        Map<String, List<ActivityEntity>> rows =
                activities().all().stream().collect(Collectors.groupingBy(row -> row.connection));
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        contracts
                .all(administrator.realm())
                .forEach(each -> all.add(
                        ActivityJson.of(each.name(), rows.getOrDefault(each.name(), List.of()), clock.millis())));
        return all.toString();
    }

    /** How much one connection was used in the last 24 hours. */
    @GET
    @Path(PATH + "/{name}/activity")
    public String activity(@PathParam("name") String name) {
        administrator.requireView();
        existing(name);
        return ActivityJson.of(name, activities().of(name), clock.millis()).toString();
    }

    /** One user as the connection would show him: SCIM. */
    @GET
    @Path(PATH + "/{name}/users/{id}")
    public String user(@PathParam("name") String name, @PathParam("id") String id) {
        administrator.requireView();
        return preview.user(existing(name), id).toString();
    }

    private Activities activities() {
        return new Activities(administrator.session(), administrator.realm().getId());
    }

    private Tokens tokens() {
        return new Tokens(administrator.session(), administrator.realm(), clock);
    }

    private void requireFree(Contract wanted) {
        RealmSchema usual = schemas.of(administrator.session(), Map.of());
        wanted.attributes().forEach((notation, name) -> {
            if (!usual.isFree(name)) {
                throw ApiError.invalid("attributes." + notation + " is " + name
                        + ", where Keycloak or SCIM keeps something else already");
            }
        });
    }

    private void requireFree(String name, ClientModel client) {
        Contract holder = contracts.ofClient(administrator.realm(), client);
        if (!holder.catchesAll() && !holder.name().equals(name)) {
            throw ApiError.conflict("the client " + client.getClientId() + " is the connection " + holder.name()
                    + " already; a client is one connection");
        }
    }

    private Contract existing(String name) {
        return contracts
                .find(administrator.realm(), name)
                .orElseThrow(() -> ApiError.notFound("the realm has no connection of that name"));
    }
}
