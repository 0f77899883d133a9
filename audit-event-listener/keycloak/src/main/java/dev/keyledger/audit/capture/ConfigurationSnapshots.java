package dev.keyledger.audit.capture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.keycloak.authorization.AuthorizationProvider;
import org.keycloak.common.Profile;
import org.keycloak.component.ComponentModel;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.Constants;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderStorageProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.jpa.entities.RealmLocalizationTextsEntity;
import org.keycloak.models.utils.ModelToRepresentation;
import org.keycloak.organization.OrganizationProvider;
import org.keycloak.representations.idm.ComponentRepresentation;

/**
 * Reads the state of what configures a realm: identity providers, components, authentication flows, required actions,
 * organizations, the rules of authorization services, client policies, texts. Like {@link ModelSnapshots}, past every
 * cache.
 */
final class ConfigurationSnapshots {
    private static final String LOCAL = "jpa";

    private static final Set<String> TYPES = Set.of(
            Target.IDENTITY_PROVIDER,
            Target.IDENTITY_PROVIDER_MAPPER,
            Target.COMPONENT,
            Target.AUTH_FLOW,
            Target.AUTH_EXECUTION,
            Target.AUTHENTICATOR_CONFIG,
            Target.REQUIRED_ACTION,
            Target.ORGANIZATION,
            Target.AUTHORIZATION_RESOURCE_SERVER,
            Target.AUTHORIZATION_RESOURCE,
            Target.AUTHORIZATION_SCOPE,
            Target.AUTHORIZATION_POLICY,
            Target.CLIENT_POLICIES,
            Target.LOCALIZATION);

    private final ObjectMapper mapper;
    private final FlowSnapshots flows;
    private final AuthorizationSnapshots rules;

    ConfigurationSnapshots(ObjectMapper mapper) {
        this.mapper = mapper;
        this.flows = new FlowSnapshots(mapper);
        this.rules = new AuthorizationSnapshots(mapper);
    }

    static boolean reads(String type) {
        return TYPES.contains(type);
    }

    /** See {@link ModelSnapshots#prepare}. */
    void prepare(KeycloakSession session, Target target) {
        if (target.type().startsWith("AUTHORIZATION_") && Profile.isFeatureEnabled(Profile.Feature.AUTHORIZATION)) {
            session.getProvider(AuthorizationProvider.class).getLocalStoreFactory();
        }
        if (target.type().startsWith(Target.IDENTITY_PROVIDER) || target.type().equals(Target.ORGANIZATION)) {
            providers(session);
        }
        if (target.type().equals(Target.ORGANIZATION) && Profile.isFeatureEnabled(Profile.Feature.ORGANIZATION)) {
            session.getProvider(OrganizationProvider.class, LOCAL);
        }
    }

    /** @param realm past the cache; of another realm than the session's some of these cannot be read */
    Optional<Snapshot> read(KeycloakSession session, RealmModel realm, Target target) {
        boolean ofTheSession = session.getContext().getRealm().getId().equals(realm.getId());
        return Optional.ofNullable(
                switch (target.type()) {
                    case Target.COMPONENT -> component(session, realm.getComponent(target.id()));
                    case Target.AUTH_FLOW -> flows.flow(realm, target);
                    case Target.AUTH_EXECUTION -> flows.execution(realm, target);
                    case Target.AUTHENTICATOR_CONFIG -> flows.config(realm.getAuthenticatorConfigById(target.id()));
                    case Target.REQUIRED_ACTION -> flows.requiredAction(realm, target);
                    case Target.LOCALIZATION -> texts(session, realm, Objects.requireNonNull(target.name()));
                    case Target.CLIENT_POLICIES -> clientPolicies(realm);
                    case Target.IDENTITY_PROVIDER -> ofTheSession ? provider(session, realm, target) : null;
                    case Target.IDENTITY_PROVIDER_MAPPER -> ofTheSession ? mapper(session, target) : null;
                    case Target.ORGANIZATION -> ofTheSession ? organization(session, target) : null;
                    default -> ofTheSession ? rules.read(session, realm, target) : null;
                });
    }

    private static IdentityProviderStorageProvider providers(KeycloakSession session) {
        return session.getProvider(IdentityProviderStorageProvider.class, LOCAL);
    }

    private @Nullable Snapshot provider(KeycloakSession session, RealmModel realm, Target target) {
        IdentityProviderModel provider = target.id() != null
                ? providers(session).getById(target.id())
                : providers(session).getByAlias(target.name());
        return provider == null
                ? null
                : snapshot(
                        provider.getInternalId(),
                        provider.getAlias(),
                        ModelToRepresentation.toRepresentation(session, realm, provider));
    }

    private @Nullable Snapshot mapper(KeycloakSession session, Target target) {
        IdentityProviderMapperModel found = providers(session).getMapperById(target.id());
        return found == null
                ? null
                : snapshot(found.getId(), found.getName(), ModelToRepresentation.toRepresentation(found));
    }

    private @Nullable Snapshot component(KeycloakSession session, @Nullable ComponentModel component) {
        if (component == null) {
            return null;
        }
        ComponentRepresentation whole = ModelToRepresentation.toRepresentation(session, component, true);
        ComponentRepresentation shown = ModelToRepresentation.toRepresentation(session, component, false);
        ObjectNode json = mapper.valueToTree(whole);
        ObjectNode config = json.putObject("config");
        new TreeMap<>(whole.getConfig()).forEach((name, values) -> {
            // what a provider declares to be secret is, whatever its name
            List<String> told = shown.getConfig().getOrDefault(name, List.of());
            boolean hidden = told.contains(ComponentRepresentation.SECRET_VALUE) && !Redaction.isSecretName(name);
            ArrayNode list = config.putArray(hidden ? name + " (secret)" : name);
            values.forEach(list::add);
        });
        return snapshot(component.getId(), component.getName(), json);
    }

    /** Without its members, who may be many: each comes and goes with an entry of its own. */
    private @Nullable Snapshot organization(KeycloakSession session, Target target) {
        OrganizationModel organization =
                session.getProvider(OrganizationProvider.class, LOCAL).getById(target.id());
        if (organization == null) {
            return null;
        }
        ObjectNode json = mapper.valueToTree(ModelToRepresentation.toRepresentation(organization, false));
        ArrayNode linked = json.putArray("identityProviders");
        providers(session)
                .getByOrganization(organization.getId(), null, null)
                .map(IdentityProviderModel::getAlias)
                .sorted()
                .forEach(linked::add);
        return snapshot(organization.getId(), organization.getName(), json);
    }

    private Snapshot clientPolicies(RealmModel realm) {
        ObjectNode json = mapper.createObjectNode();
        json.setAll(parsed(realm.getAttribute(Constants.CLIENT_POLICIES)));
        json.setAll(parsed(realm.getAttribute(Constants.CLIENT_PROFILES)));
        return snapshot(null, null, json);
    }

    private ObjectNode parsed(@Nullable String json) {
        try {
            return json != null && mapper.readTree(json) instanceof ObjectNode read ? read : mapper.createObjectNode();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Keycloak keeps client policies as JSON", e);
        }
    }

    /** Asked for, because a realm that the transaction has looked at before does not know of new ones. */
    private @Nullable Snapshot texts(KeycloakSession session, RealmModel realm, String locale) {
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        return em.createQuery(
                        "select t from RealmLocalizationTextsEntity t where t.realm.id = :realm and t.locale = :locale",
                        RealmLocalizationTextsEntity.class)
                .setParameter("realm", realm.getId())
                .setParameter("locale", locale)
                .getResultStream()
                .findFirst()
                .map(found -> snapshot(null, locale, found.getTexts()))
                .orElse(null);
    }

    private Snapshot snapshot(@Nullable String id, @Nullable String name, Object representation) {
        return new Snapshot(id, name, Flattening.flatten(mapper.valueToTree(representation)));
    }
}
