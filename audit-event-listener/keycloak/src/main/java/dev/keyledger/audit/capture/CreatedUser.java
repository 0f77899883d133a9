package dev.keyledger.audit.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.keycloak.credential.CredentialModel;

/**
 * What a transaction gave to a user whom it created: all that the user has, which need not be read.
 *
 * @param roles names, a client's with its client's, as the models told them
 * @param groups paths, likewise
 * @param credentials null when they have to be read nevertheless
 */
record CreatedUser(
        List<String> roles, List<String> groups, @Nullable List<CredentialModel> credentials) {
    static CreatedUser of(
            List<DirectChange> changes,
            String realmId,
            Target user,
            Function<String, Optional<List<CredentialModel>>> credentials) {
        List<String> roles = new ArrayList<>();
        List<String> groups = new ArrayList<>();
        for (DirectChange change : changes) {
            String member = change.member();
            boolean ofUser = change.realmId().equals(realmId)
                    && change.about().type().equals(Target.USER)
                    && change.about().id() != null
                    && change.about().id().equals(user.id());
            if (!ofUser || member == null) {
                continue;
            }
            switch (member) {
                case "roles.granted" -> roles.add(change.value().get());
                case "roles.revoked" -> roles.remove(change.value().get());
                case "groups.joined" -> groups.add(change.value().get());
                case "groups.left" -> groups.remove(change.value().get());
                default -> {
                    // links to other systems and organizations are no part of the user's state
                }
            }
        }
        return new CreatedUser(
                roles,
                groups,
                Optional.ofNullable(user.id()).flatMap(credentials).orElse(null));
    }
}
