package dev.keyledger.audit.capture;

import java.util.ArrayList;
import java.util.List;

/**
 * The roles and groups that a transaction gave to a user, as the models told it. Of a user whom the same transaction
 * created these are all, and need not be read.
 *
 * @param roles names, a client's with its client's
 * @param groups paths
 */
record Memberships(List<String> roles, List<String> groups) {
    static Memberships of(List<DirectChange> changes, String realmId, Target user) {
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
        return new Memberships(roles, groups);
    }
}
