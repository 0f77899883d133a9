package dev.keyledger.scim.keycloak.user;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.resource.Json;
import dev.keyledger.scim.schema.AttributeDefinition;
import dev.keyledger.scim.schema.CoreSchemas;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmailsTest {
    private final AttributeDefinition emails =
            CoreSchemas.USER.attribute("emails").orElseThrow();

    @Test
    void thePlainCaseStoresNothing() {
        Emails.Division division =
                Emails.divide(emails, List.of(address("a@x.example", "work").put("primary", true)));

        assertThat(division).isEqualTo(new Emails.Division("a@x.example", List.of(), List.of()));
    }

    @Test
    void thePrimaryAddressIsTheAccounts() {
        Emails.Division division = Emails.divide(
                emails,
                List.of(
                        address("w@x.example", "work"),
                        address("h@x.example", "home").put("primary", true)));

        assertThat(division.account()).isEqualTo("h@x.example");
    }

    @Test
    void withoutAPrimaryTheWorkAddressIsTheAccounts() {
        Emails.Division division =
                Emails.divide(emails, List.of(address("h@x.example", "home"), address("w@x.example", "work")));

        assertThat(division.account()).isEqualTo("w@x.example");
    }

    @Test
    void theAccountsAddressIsNotStoredASecondTime() {
        Emails.Division division = Emails.divide(emails, List.of(address("h@x.example", "home")));

        assertThat(division.stored()).containsExactly("{\"@\":0,\"type\":\"home\"}");
    }

    @Test
    void theOtherAddressesAreStoredInLowerCaseToo() {
        Emails.Division division = Emails.divide(
                emails,
                List.of(
                        address("W@x.example", "work"),
                        address("H@x.example", "home"),
                        address("h@X.example", "other")));

        assertThat(division.lookup()).containsExactly("h@x.example");
    }

    @Test
    void anAddressThatAnAdministratorChangedIsShown() {
        Emails.Division division = Emails.divide(emails, List.of(address("Old@x.example", "home")));

        assertThat(Emails.join("new@x.example", division.stored())).containsExactly(address("new@x.example", "home"));
    }

    @Test
    void anAddressThatAnAdministratorRemovedIsGone() {
        Emails.Division division =
                Emails.divide(emails, List.of(address("w@x.example", "work"), address("h@x.example", "home")));

        assertThat(Emails.join(null, division.stored())).containsExactly(address("h@x.example", "home"));
    }

    @Test
    void theClientsSpellingIsShownAsLongAsItIsTheSameAddress() {
        Emails.Division division = Emails.divide(emails, List.of(address("Anna@X.example", "work")));

        assertThat(division.account()).isEqualTo("anna@x.example");
        assertThat(Emails.join("anna@x.example", division.stored())).containsExactly(address("Anna@X.example", "work"));
    }

    @Test
    void noAddressesAreNoAccountAndNothingStored() {
        assertThat(Emails.divide(emails, List.of())).isEqualTo(new Emails.Division(null, List.of(), List.of()));
        assertThat(Emails.join(null, List.of())).isEmpty();
    }

    private static ObjectNode address(String value, String type) {
        return Json.object().put("value", value).put("type", type);
    }
}
