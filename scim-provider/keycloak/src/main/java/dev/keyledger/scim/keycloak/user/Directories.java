package dev.keyledger.scim.keycloak.user;

import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.filter.Filter;
import dev.keyledger.scim.filter.Operator;
import dev.keyledger.scim.keycloak.schema.UserAttributeNames;
import dev.keyledger.scim.path.AttributePath;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.storage.ReadOnlyException;
import org.keycloak.storage.UserStoragePrivateUtil;
import org.keycloak.storage.UserStorageProvider;
import org.keycloak.userprofile.AttributeMetadata;
import org.keycloak.userprofile.UserProfileContext;
import org.keycloak.userprofile.UserProfileDecorator;
import org.keycloak.userprofile.UserProfileMetadata;

/**
 * What is different about users who come from a directory, for example LDAP.
 *
 * <p>The directory owns the attributes that it is mapped to; a read-only one refuses every write to them. Everything else that
 * SCIM keeps of such a user is Keycloak's, and stays in Keycloak's own tables. A user whom Keycloak has not imported yet is in
 * no table; Keycloak imports whom it is asked for by name.
 */
final class Directories {
    private static final Set<String> OWNED =
            Set.of(UserModel.USERNAME, UserModel.EMAIL, UserModel.FIRST_NAME, UserModel.LAST_NAME);

    private final KeycloakSession session;
    private final RealmModel realm;

    Directories(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    /** Gives the user's attribute these values, none to remove it: in the directory if it is the directory's, else in Keycloak. */
    void write(UserModel user, String name, List<String> values, UserAttributeNames names) {
        try {
            set(user, name, values);
        } catch (ReadOnlyException e) {
            if (OWNED.contains(name) || mapped(user).contains(name)) {
                throw ScimException.mutability(
                        names.notation(name) + " comes from a directory that Keycloak may not write to");
            }
            UserModel local = UserStoragePrivateUtil.userLocalStorage(session).getUserById(realm, user.getId());
            if (local == null) {
                throw e;
            }
            set(local, name, values);
        }
    }

    private static void set(UserModel user, String name, List<String> values) {
        if (values.isEmpty()) {
            user.removeAttribute(name);
        } else {
            user.setAttribute(name, values);
        }
    }

    private Set<String> mapped(UserModel user) {
        UserProfileMetadata nothing = new UserProfileMetadata(UserProfileContext.USER_API);
        nothing.addAttributes(List.of());
        return user.getFederationLink() != null && session.users() instanceof UserProfileDecorator directory
                ? directory.decorateUserProfile(user.getFederationLink(), nothing).stream()
                        .map(AttributeMetadata::getName)
                        .collect(Collectors.toSet())
                : Set.of();
    }

    /**
     * Has Keycloak import the user whom the filter names, if the realm has a directory that knows one; throws 503 if it does
     * not answer. Answers whether there is such a user now.
     *
     * <p>A filter names a user by an {@code eq} on {@code userName} or {@code emails.value}, alone or in an {@code and}.
     */
    boolean imports(Filter filter) {
        return realm.getComponentsStream(realm.getId(), UserStorageProvider.class.getName())
                        .findAny()
                        .isPresent()
                && named(filter)
                        .map(this::find)
                        .filter(Optional::isPresent)
                        .findFirst()
                        .isPresent();
    }

    private Optional<UserModel> find(Filter.Comparison named) {
        String value = named.value().asText();
        try {
            return Optional.ofNullable(
                    named.path().attribute().name().equals("userName")
                            ? session.users().getUserByUsername(realm, value)
                            : session.users().getUserByEmail(realm, value));
        } catch (ModelException e) {
            throw ScimException.unavailable("the realm's directory does not answer");
        }
    }

    private static Stream<Filter.Comparison> named(Filter filter) {
        if (filter instanceof Filter.And and) {
            return and.operands().stream().flatMap(Directories::named);
        }
        if (filter instanceof Filter.ValuePath valuePath
                && valuePath.path().attribute().name().equals(Emails.ATTRIBUTE)) {
            return named(valuePath.filter());
        }
        return filter instanceof Filter.Comparison comparison
                        && comparison.operator() == Operator.EQ
                        && names(comparison.path())
                ? Stream.of(comparison)
                : Stream.empty();
    }

    private static boolean names(AttributePath path) {
        String notation = path.notation();
        return notation.equals("userName") || notation.equals("emails.value") || notation.equals(Emails.ATTRIBUTE);
    }
}
