package dev.keyledger.scim.keycloak.contract;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;

/**
 * The contracts of realms. Thread-safe.
 *
 * <p>They are read out of Keycloak's cache of realms, so finding one costs no statement, and none is stale on whatever node it
 * was changed. A contract that was read is known by its very text, and not parsed again.
 */
public final class Contracts {
    /** The component's setting that is the contract's JSON. */
    static final String SETTINGS = "settings";

    /** The component's setting that is the client's id, for people and imports. */
    static final String CLIENT = "client";

    /** The component's setting that is Keycloak's own id of the client, which a renaming leaves. */
    static final String CLIENT_KEY = "clientKey";

    private static final String TYPE = ConnectionProvider.class.getName();
    private static final int MAX_KEPT = 1000;

    private final Map<Source, Contract> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Source, Contract> eldest) {
            return size() > MAX_KEPT;
        }
    };

    private record Source(String name, String settings) {}

    /** Every contract of the realm, by name; the built-in one is among them. */
    public List<Contract> all(RealmModel realm) {
        Stream<Contract> others = components(realm).map(this::contract).filter(contract -> !contract.catchesAll());
        return Stream.concat(Stream.of(builtIn(realm)), others)
                .sorted(Comparator.comparing(Contract::name))
                .toList();
    }

    /** The contract of that name. */
    public Optional<Contract> find(RealmModel realm, String name) {
        return name.equals(Contract.BUILT_IN)
                ? Optional.of(builtIn(realm))
                : component(realm, name).map(this::contract);
    }

    /** The contract of that client: its own, or the built-in one. A client that was renamed is still the same. */
    public Contract ofClient(RealmModel realm, ClientModel client) {
        List<ComponentModel> all = components(realm).toList();
        return Stream.concat(
                        all.stream().filter(each -> client.getId().equals(each.get(CLIENT_KEY))),
                        all.stream().filter(each -> client.getClientId().equals(each.get(CLIENT))))
                .findFirst()
                .map(this::contract)
                .orElseGet(() -> builtIn(realm));
    }

    /** The client that the connection acts as; empty if it has none, or if it is gone. */
    public Optional<ClientModel> client(RealmModel realm, Contract contract) {
        return component(realm, contract.name()).map(known -> {
            String key = known.get(CLIENT_KEY);
            ClientModel client = key == null ? null : realm.getClientById(key);
            return client == null && contract.client() != null ? realm.getClientByClientId(contract.client()) : client;
        });
    }

    /** Makes or replaces the contract; {@code client} is the client that it names. */
    public void put(RealmModel realm, Contract contract, Optional<ClientModel> client) {
        Optional<ComponentModel> known = component(realm, contract.name());
        ComponentModel component = known.map(ComponentModel::new).orElseGet(ComponentModel::new);
        component.put(SETTINGS, ContractJson.toJson(contract).toString());
        client.ifPresent(named -> {
            component.put(CLIENT, named.getClientId());
            component.put(CLIENT_KEY, named.getId());
        });
        if (known.isPresent()) {
            realm.updateComponent(component);
            return;
        }
        // two requests that make one connection make one row: the second fails
        component.setId(UUID.nameUUIDFromBytes(
                        (realm.getId() + " connection " + contract.name()).getBytes(StandardCharsets.UTF_8))
                .toString());
        component.setName(contract.name());
        component.setProviderType(TYPE);
        component.setProviderId(ConnectionProviderFactory.ID);
        component.setParentId(realm.getId());
        realm.addComponentModel(component);
    }

    /** Removes the contract and says whether there was one; of the built-in one, what was changed in it. */
    public boolean remove(RealmModel realm, String name) {
        Optional<ComponentModel> known = component(realm, name);
        known.ifPresent(realm::removeComponent);
        return known.isPresent();
    }

    private Contract builtIn(RealmModel realm) {
        return component(realm, Contract.BUILT_IN).map(this::contract).orElseGet(Contract::builtIn);
    }

    private static Optional<ComponentModel> component(RealmModel realm, String name) {
        return components(realm).filter(each -> name.equals(each.getName())).findFirst();
    }

    private static Stream<ComponentModel> components(RealmModel realm) {
        return realm.getComponentsStream(realm.getId(), TYPE);
    }

    private synchronized Contract contract(ComponentModel component) {
        Source source = new Source(component.getName(), component.get(SETTINGS, "{}"));
        return kept.computeIfAbsent(source, text -> ContractJson.parse(text.name(), text.settings()));
    }
}
