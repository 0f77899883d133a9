package dev.keyledger.audit.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.keycloak.credential.CredentialModel;

class CreatedUserTest {
    private static final Target ADA = Target.user("id-ada", "ada");
    private static final Map<String, List<CredentialModel>> CREDENTIALS =
            Map.of("id-ada", List.of(new CredentialModel()));

    @Test
    void hasWhatIsLeftOfWhatWasGivenAndTaken() {
        CreatedUser known = CreatedUser.of(
                List.of(
                        change(ADA, "roles.granted", "default-roles"),
                        change(ADA, "roles.granted", "clerk"),
                        change(ADA, "roles.revoked", "clerk"),
                        change(ADA, "groups.joined", "/staff"),
                        change(Target.user("id-bob", "bob"), "groups.joined", "/board"),
                        change(ADA, "identities.linked", "github")),
                "realm",
                ADA,
                id -> Optional.ofNullable(CREDENTIALS.get(id)));

        assertThat(known)
                .isEqualTo(new CreatedUser(List.of("default-roles"), List.of("/staff"), CREDENTIALS.get("id-ada")));
    }

    private static DirectChange change(Target user, String member, String value) {
        return new DirectChange("realm", user, List.of(), "UPDATE", member, () -> value);
    }
}
