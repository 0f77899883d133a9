package dev.keyledger.scim.keycloak.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContractJsonTest {
    @Test
    void whatIsLeftOutHasItsDefault() {
        Contract contract = ContractJson.parse("okta", "{}");

        assertThat(contract.kind()).isEqualTo(Kind.GENERIC);
        assertThat(contract.client()).isEqualTo("scim-okta");
        assertThat(contract.paused()).isFalse();
        assertThat(contract.tokenScope()).isNull();
    }

    @Test
    void ofThePolicyWhatIsNotSaidIsWhatTheKindWants() {
        assertThat(ContractJson.parse("a", "{}").policy()).isEqualTo(Policy.of(Kind.GENERIC));
        Policy policy = ContractJson.parse("a", "{\"kind\":\"okta\",\"policy\":{\"deletion\":\"disable\"}}")
                .policy();

        assertThat(policy.deletion()).isEqualTo(Policy.Deletion.DISABLE);
        assertThat(policy.passwords()).isEqualTo(Policy.Passwords.IGNORE);
        assertThat(policy.visibility()).isEqualTo(Policy.Visibility.ALL);
        assertThat(policy.endSessions()).isTrue();
    }

    @Test
    void anAttributeIsKeptWhereTheConnectionSays() {
        Contract contract = ContractJson.parse("hr", "{\"attributes\":{\"title\":\"jobTitle\"}}");

        assertThat(contract.places())
                .containsOnly(Map.entry("title", "jobTitle"), Map.entry("externalId", "externalId.hr"));
        assertThat(ContractJson.parse(Contract.BUILT_IN, "{\"attributes\":{\"title\":\"jobTitle\"}}")
                        .places())
                .containsOnly(Map.entry("title", "jobTitle"));
        assertThat(ContractJson.parse("hr", ContractJson.toJson(contract).toString()))
                .isEqualTo(contract);
    }

    @Test
    void aDelayedDeletionHasDays() {
        Policy policy = ContractJson.parse("hr", "{\"policy\":{\"deletion\":\"delayed\"}}")
                .policy();

        assertThat(policy.deleteAfterDays()).isEqualTo(30);
        assertThat(policy.keepsDeleted()).isTrue();
        assertThatThrownBy(() -> ContractJson.parse(Contract.BUILT_IN, "{\"policy\":{\"deletion\":\"delayed\"}}"))
                .hasMessageContaining("no client to act as");
    }

    @Test
    void theBuiltInConnectionHasNoClient() {
        assertThat(ContractJson.parse(Contract.BUILT_IN, "{}").catchesAll()).isTrue();
        assertThatThrownBy(() -> ContractJson.parse(Contract.BUILT_IN, "{\"client\":\"hr\"}"))
                .hasMessageContaining("client is set");
    }

    @Test
    void whatIsWrittenIsReadAsItWas() {
        Contract contract = ContractJson.parse(
                "hr", "{\"kind\":\"entra\",\"client\":\"hr-client\",\"paused\":true,\"displayName\":\"HR\"}");

        assertThat(ContractJson.parse("hr", ContractJson.toJson(contract).toString()))
                .isEqualTo(contract);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'pawsed':true} | pawsed is no setting of a connection",
                "{'paused':'yes'} | paused does not fit",
                "{'kind':'aol'} | kind does not fit",
                "{'displayName':1} | displayName does not fit",
                "{'displayName':' '} | displayName has 1 characters",
                "{'tokenScope':'a b'} | tokenScope is",
                "{'policy':{'visible':'all'}} | policy.visible is no setting",
                "{'policy':{'visibility':'some'}} | policy.visibility does not fit",
                "{'policy':{'requestsPerMinute':0}} | policy.requestsPerMinute is 0",
                "{'policy':{'deletion':'disable','deleteAfterDays':3}} | policy.deleteAfterDays is set",
                "{'policy':{'deletion':'delayed','deleteAfterDays':0}} | policy.deleteAfterDays is 0",
                "{'policy':{'invite':true}} | policy.invite is set",
                "{'attributes':{'rank':'r'}} | attributes.rank is no attribute",
                "{'attributes':{'Title':'t'}} | attributes.Title is written title",
                "{'attributes':{'userName':'u'}} | attributes.userName cannot be kept elsewhere",
                "{'attributes':{'externalId':'u'}} | attributes.externalId cannot be kept elsewhere",
                "{'attributes':{'emails':'u'}} | attributes.emails cannot be kept elsewhere",
                "{'attributes':{'roles':'u'}} | attributes.roles cannot be kept elsewhere",
                "{'attributes':{'phoneNumbers.value':'u'}} | attributes.phoneNumbers.value cannot be kept elsewhere",
                "{'attributes':{'name':'u'}} | attributes.name cannot be kept elsewhere",
                "{'attributes':{'title':'a b'}} | attributes.title is",
                "{'attributes':{'title':'a','nickName':'a'}} | as another one is",
                "{'policy':'strict'} | policy does not fit",
                "{'name':'other'} | name is \"other\" in the body",
                "{'paused':true,'paused':false} | no JSON",
                "[] | no JSON object",
                "{ | no JSON"
            },
            quoteCharacter = '\u0001')
    void aSettingThatCannotBeIsRefusedByName(String json, String why) {
        assertThatThrownBy(() -> ContractJson.parse("okta", json.replace('\'', '"')))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource({"Okta", "-okta", "okta/1", "okta.1", "0123456789012345678901234567890123456789x"})
    void aNameIsLowerCaseLettersDigitsAndDashes(String name) {
        assertThatThrownBy(() -> ContractJson.parse(name, "{}")).hasMessageContaining("name is");
    }
}
