package dev.keyledger.audit.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MembershipsTest {
    private static final Target ADA = Target.user("id-ada", "ada");

    @Test
    void areWhatIsLeftOfWhatWasGivenAndTaken() {
        Memberships known = Memberships.of(
                List.of(
                        change(ADA, "roles.granted", "default-roles"),
                        change(ADA, "roles.granted", "clerk"),
                        change(ADA, "roles.revoked", "clerk"),
                        change(ADA, "groups.joined", "/staff"),
                        change(Target.user("id-bob", "bob"), "groups.joined", "/board"),
                        change(ADA, "identities.linked", "github")),
                "realm",
                ADA);

        assertThat(known).isEqualTo(new Memberships(List.of("default-roles"), List.of("/staff")));
    }

    private static DirectChange change(Target user, String member, String value) {
        return new DirectChange("realm", user, List.of(), "UPDATE", member, () -> value);
    }
}
