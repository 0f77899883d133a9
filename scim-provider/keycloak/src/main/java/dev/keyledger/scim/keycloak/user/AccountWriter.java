package dev.keyledger.scim.keycloak.user;

import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.keycloak.schema.RealmSchema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserCredentialModel;
import org.keycloak.models.UserModel;
import org.keycloak.userprofile.UserProfile;
import org.keycloak.userprofile.UserProfileContext;
import org.keycloak.userprofile.UserProfileProvider;
import org.keycloak.userprofile.ValidationException;

/**
 * Writes attributes and passwords of users by the rules of the realm: its user profile and its password policy.
 *
 * <p>The profile judges every write as it judges an administrator's. Attributes that it does not know are stored all the same:
 * they are the client's, and an administrator's edit of the user leaves them alone.
 */
final class AccountWriter {
    private final KeycloakSession session;
    private final RealmModel realm;
    private final RealmSchema schema;

    AccountWriter(KeycloakSession session, RealmSchema schema) {
        this.session = session;
        this.schema = schema;
        this.realm = session.getContext().getRealm();
    }

    /** Creates a user with these attributes. */
    UserModel create(Map<String, List<String>> attributes) {
        Map<String, List<String>> wanted = new HashMap<>(attributes);
        wanted.values().removeIf(List::isEmpty);
        if (realm.isRegistrationEmailAsUsername() && !wanted.containsKey(UserModel.EMAIL)) {
            wanted.put(UserModel.EMAIL, wanted.getOrDefault(UserModel.USERNAME, List.of()));
        }
        UserProfile profile = profiles().create(UserProfileContext.USER_API, judged(wanted));
        UserModel user;
        try {
            user = profile.create();
        } catch (ValidationException e) {
            ProfileRefusal.throwFor(e.getErrors(), schema.names());
            throw e;
        }
        if (realm.isRegistrationEmailAsUsername()) {
            wanted.remove(UserModel.USERNAME);
        }
        wanted.forEach(user::setAttribute);
        return user;
    }

    /** Gives the user's attributes these values; an empty list removes. */
    void update(UserModel user, Map<String, List<String>> changed) {
        Map<String, List<String>> wanted = new HashMap<>(changed);
        if (realm.isRegistrationEmailAsUsername()) {
            List<String> email = wanted.getOrDefault(UserModel.EMAIL, List.of());
            List<String> name = wanted.remove(UserModel.USERNAME);
            if (name != null && !name.equals(email)) {
                throw ScimException.mutability("userName is the e-mail address in this realm; change emails");
            }
            if (!email.isEmpty()) {
                wanted.put(UserModel.USERNAME, email);
            }
        }
        Map<String, List<String>> whole = new HashMap<>(user.getAttributes());
        whole.putAll(wanted);
        try {
            profiles().create(UserProfileContext.USER_API, judged(whole), user).validate();
        } catch (ValidationException e) {
            // the realm's "edit username" is about people editing themselves; a provisioning client may rename
            ProfileRefusal.throwFor(
                    e.getErrors().stream().filter(error -> !isRename(error)).toList(), schema.names());
        }
        Directories directories = new Directories(session);
        wanted.forEach((name, values) -> directories.write(user, name, values, schema.names()));
    }

    /** Sets the user's password. */
    void password(UserModel user, String password) {
        try {
            user.credentialManager().updateCredential(UserCredentialModel.password(password, false));
        } catch (ModelException e) {
            throw ScimException.invalidValue("the realm's password policy refuses the password: " + e.getMessage());
        }
    }

    private static boolean isRename(ValidationException.Error error) {
        return UserModel.USERNAME.equals(error.getAttribute()) && ProfileRefusal.READ_ONLY.equals(error.getMessage());
    }

    private Map<String, List<String>> judged(Map<String, List<String>> attributes) {
        Map<String, List<String>> judged = new HashMap<>(attributes);
        judged.keySet().removeIf(name -> !schema.isJudgedByProfile(name));
        return judged;
    }

    private UserProfileProvider profiles() {
        return session.getProvider(UserProfileProvider.class);
    }
}
