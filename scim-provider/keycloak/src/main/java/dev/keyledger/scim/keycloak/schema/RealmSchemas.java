package dev.keyledger.scim.keycloak.schema;

import dev.keyledger.scim.ScimException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.userprofile.DeclarativeUserProfileProvider;
import org.keycloak.userprofile.UserProfileProvider;

/**
 * The schemas of the realms of this server, compiled once for each user profile. Thread-safe.
 *
 * <p>A schema is found by everything that it was compiled from. So none is ever stale, on whatever node the profile was changed,
 * and realms of one profile share one.
 */
public final class RealmSchemas {
    private static final int MAX_KEPT = 256;

    private final Map<Source, RealmSchema> kept = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * @param profile       the user profile as the realm stores it, or null for Keycloak's default
     * @param rules   what else the realm says of names and addresses
     * @param places  by SCIM notation, the Keycloak attributes of what a connection keeps elsewhere
     */
    private record Source(@Nullable String profile, AddressRules rules, Map<String, String> places) {}

    /**
     * The schema of the session's realm; {@code places} are those of attributes that a connection keeps elsewhere than usual.
     * Throws 403 if the realm keeps something else in one of these, as it may by a user profile that was changed since, or if
     * the connection was imported so: nothing is written over.
     */
    public synchronized RealmSchema of(KeycloakSession session, Map<String, String> places) {
        if (places.keySet().stream().anyMatch(RealmSchemas::isMoved)) {
            requireFree(of(session, Map.of()), places);
        }
        RealmModel realm = session.getContext().getRealm();
        Source source = new Source(
                profile(realm),
                new AddressRules(!realm.isDuplicateEmailsAllowed(), realm.isRegistrationEmailAsUsername()),
                places);
        RealmSchema known = kept.get(source);
        if (known == null) {
            known = new ProfileCompiler(
                            session.getProvider(UserProfileProvider.class).getConfiguration(),
                            source.rules(),
                            source.places())
                    .compile();
            kept.put(source, known);
            Iterator<Source> eldest = kept.keySet().iterator();
            if (kept.size() > MAX_KEPT) {
                eldest.next();
                eldest.remove();
            }
        }
        return known;
    }

    /** Every connection has a place of its own for {@code externalId}, which nobody else can have. */
    private static boolean isMoved(String notation) {
        return !notation.equals(ProfileCompiler.EXTERNAL_ID);
    }

    private static void requireFree(RealmSchema usual, Map<String, String> places) {
        places.forEach((notation, name) -> {
            if (isMoved(notation) && !usual.isFree(name)) {
                throw ScimException.forbidden("this connection keeps " + notation + " in the user attribute "
                        + ScimException.quoted(name)
                        + ", where Keycloak or SCIM keeps something else; an administrator has to change that");
            }
        });
    }

    private static @Nullable String profile(RealmModel realm) {
        return realm.getComponentsStream(realm.getId(), UserProfileProvider.class.getName())
                .map(component -> component.get(DeclarativeUserProfileProvider.UP_COMPONENT_CONFIG_KEY))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
