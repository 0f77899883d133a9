package dev.keyledger.e2e.scim;

import static dev.keyledger.e2e.scim.ScimClient.assertError;
import static dev.keyledger.e2e.scim.ScimClient.each;
import static dev.keyledger.e2e.scim.ScimClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches over four users that differ in everything: filters with every operator, sorting, paging. */
@ParameterizedClass
@EnumSource(SharedServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UserSearchTest {

    private static final String ANN = """
            'userName':'Ann','externalId':'Ext-1','title':'Tour Guide','displayName':'100% \\\\ "Änne"_','active':true,
            'name':{'givenName':'Ann','familyName':'Archer','middleName':'M'},
            'emails':[{'value':'Ann@Work.example','type':'work','primary':true},
                      {'value':'ann@home.example','type':'home','display':'At Home'}],
            'phoneNumbers':[{'value':'+49 30 11','type':'work'},{'value':'+49 171 22','type':'mobile','primary':true}],
            'addresses':[{'locality':'Berlin','type':'work'},{'locality':'Hamburg','type':'home'}],
            'roles':[{'value':'admin','type':'app'}],'x509Certificates':[{'value':'AbCd'}],
            'ENT':{'department':'Sales','employeeNumber':'7','manager':{'value':'boss-1'}}
            """;
    private static final String BOB = """
            'userName':'bob','externalId':'ext-1','title':'engineer','active':false,
            'name':{'givenName':'Bob','familyName':'archer'},
            'emails':[{'value':'bob@home.example','type':'home'}],
            'phoneNumbers':[{'value':'+49 30 11','type':'mobile'}],
            'roles':[{'value':'Auditor'},{'value':'guest','type':'app','primary':true}],
            'ENT':{'department':'sales','employeeNumber':'12'}
            """;
    private static final String CID =
            "'userName':'cid','name':{'familyName':'Zed'},'title':'" + "long ".repeat(60) + "end'";
    private static final String DAN = "'userName':'dan.d'";

    @Parameter
    SharedServer shared = SharedServer.H2;

    private ScimClient scim = new ScimClient(new Http(""));
    private String realm = "";
    private String groupId = "";

    @BeforeParameterizedClassInvocation
    void makeUsers() {
        realm = shared.freshRealm("user-search");
        scim = ScimClient.connect(shared, realm);
        String ann = "";
        for (String attributes : List.of(BOB, ANN, DAN, CID)) {
            JsonNode created = scim.create(
                    "/Users",
                    json("{'schemas':['" + ScimClient.USER + "']," + attributes.replace("ENT", ScimClient.ENTERPRISE)
                            + "}"));
            ann = attributes.equals(ANN) ? created.get("id").asText() : ann;
        }
        groupId =
                scim.create("/Groups", ScimClient.group("Crew", ann)).get("id").asText();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    userName eq "ANN"                                   | Ann
                    USERNAME EQ "ann"                                   | Ann
                    userName ne "ann"                                   | bob cid dan.d
                    userName co "N"                                     | Ann dan.d
                    userName sw "A"                                     | Ann
                    userName ew ".D"                                    | dan.d
                    userName gt "bob"                                   | cid dan.d
                    userName ge "BOB"                                   | bob cid dan.d
                    userName lt "bob"                                   | Ann
                    userName le "bob"                                   | Ann bob
                    userName pr                                         | Ann bob cid dan.d
                    userName eq "nobody"                                |
                    urn:ietf:params:scim:schemas:core:2.0:User:userName eq "bob" | bob
                    externalId eq "ext-1"                               | bob
                    externalId eq "Ext-1"                               | Ann
                    externalId sw "Ext"                                 | Ann
                    externalId pr                                       | Ann bob
                    title eq "tour guide"                               | Ann
                    title ne "Tour Guide"                               | bob cid dan.d
                    title co "GUIDE"                                    | Ann
                    title sw "eng"                                      | bob
                    title ew "R"                                        | bob
                    title ew "long end"                                 | cid
                    title co "long long"                                | cid
                    title ge "f" and title le "u"                       | Ann cid
                    title gt "engineer" and title lt "tour guide"       | cid
                    title pr                                            | Ann bob cid
                    not (title pr)                                      | dan.d
                    title eq null                                       | dan.d
                    displayName co "%"                                  | Ann
                    displayName co "_"                                  | Ann
                    displayName sw "10_"                                |
                    displayName co "\\\\ \\""                           | Ann
                    displayName co "\\u00e4NNE"                         | Ann
                    name.familyName eq "Archer"                         | Ann bob
                    name.middleName eq "m"                              | Ann
                    name pr                                             | Ann bob cid
                    active eq true                                      | Ann cid dan.d
                    active eq false                                     | bob
                    active eq "False"                                   | bob
                    active ne true                                      | bob
                    emails eq "ann@work.example"                        | Ann
                    emails.value eq "ANN@HOME.example"                  | Ann
                    emails.value ew "home.example"                      | Ann bob
                    emails co "WORK"                                    | Ann
                    emails pr                                           | Ann bob
                    emails.type eq "home"                               | Ann bob
                    emails.type eq "work"                               | Ann
                    emails[type eq "work" and value sw "ann"]           | Ann
                    emails[type eq "work" and value ew "home.example"]  |
                    emails[type eq "home"] and emails.value sw "bob"    | bob
                    emails[primary eq true]                             | Ann
                    emails[not (type eq "home")]                        | Ann
                    emails.display eq "at home"                         | Ann
                    emails.display co "HOME"                            | Ann
                    emails[type ge "h" and not (value sw "bob")]        | Ann
                    emails[type eq "work" and value eq "ANN@work.example"] | Ann
                    emails[type eq "work" and value eq "ann@home.example"] |
                    not (emails.value eq "ann@home.example")            | bob cid dan.d
                    emails.value gt "ann@z"                             | bob
                    phoneNumbers.type ew "ILE"                          | Ann bob
                    phoneNumbers[type gt "mobile"]                      | Ann
                    phoneNumbers.value eq "+49 30 11"                   | Ann bob
                    phoneNumbers[type eq "work" and value co "30"]      | Ann
                    phoneNumbers[type eq "mobile" and value eq "+49 30 11"] | bob
                    phoneNumbers.primary eq true                        | Ann
                    phoneNumbers[type eq "work" or primary eq "True"]   | Ann
                    addresses.locality eq "hamburg"                     | Ann
                    addresses[type eq "work" and locality eq "Hamburg"] |
                    addresses.locality co "AMB"                         | Ann
                    addresses.locality le "berlin"                      | Ann
                    not (addresses.locality pr)                         | bob cid dan.d
                    addresses pr                                        | Ann
                    roles eq "ADMIN"                                    | Ann
                    roles[value eq "guest" and primary eq true]         | bob
                    roles.type pr                                       | Ann bob
                    x509Certificates.value eq "AbCd"                    | Ann
                    x509Certificates.value eq "abcd"                    |
                    ENT:department eq "SALES"                           | Ann bob
                    ENT:manager.value eq "boss-1"                       | Ann
                    ENT:manager pr                                      | Ann
                    schemas eq "ENT"                                    | Ann bob
                    meta.resourceType eq "User"                         | Ann bob cid dan.d
                    meta.created gt "2020-01-01T00:00:00Z"              | Ann bob cid dan.d
                    meta.lastModified lt "2020-01-01T00:00:00+02:00"    |
                    groups.display eq "crew"                            | Ann
                    groups.display sw "cr"                              | Ann
                    groups[display eq "crew" and not (type eq "indirect")] | Ann
                    groups.$ref co "/Groups/"                           | Ann
                    groups pr                                           | Ann
                    name.givenName ne "Bob"                             | Ann cid dan.d
                    not (name.givenName sw "b")                         | Ann cid dan.d
                    schemas co "enterprise"                             | Ann bob
                    title pr and active eq true or userName eq "bob"    | Ann bob cid
                    title pr and (active eq true or userName eq "dan.d") | Ann cid
                    not (userName eq "bob" or userName eq "cid") and not (title pr) | dan.d
                    """)
    void aFilterFindsExactly(String filter, String wanted) {
        String sent = filter.replace("ENT", ScimClient.ENTERPRISE);
        JsonNode found = scim.search("/Users", sent);

        List<String> expected = wanted == null ? List.of() : List.of(wanted.split(" ", -1));
        assertThat(each(found, "userName")).isEqualTo(expected);
        assertThat(found.get("totalResults").asInt()).isEqualTo(expected.size());
    }

    @Test
    void idsFindUsersAndGroupsFindMembers() {
        String id = scim.search("/Users", "userName eq \"cid\"")
                .at("/Resources/0/id")
                .asText();

        assertThat(each(scim.search("/Users", "id eq \"" + id + "\""), "userName"))
                .containsExactly("cid");
        assertThat(each(scim.search("/Users", "groups.value eq \"" + groupId + "\""), "userName"))
                .containsExactly("Ann");
        assertThat(each(scim.search("/Users", "groups[value eq \"" + groupId + "\"]"), "userName"))
                .containsExactly("Ann");
        assertThat(each(scim.search("/Users", "id eq \"no-such-id\""), "userName"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "userName",
                "userName eq",
                "userName xx \"a\"",
                "userName eq \"a",
                "(userName pr",
                "noSuch eq \"a\"",
                "active gt true",
                "active eq \"maybe\"",
                "password eq \"a\"",
                "emails[type eq \"work\"",
                "meta.created gt \"yesterday\"",
                "userName eq 7 and",
                "urn:nobody:knows:userName eq \"a\""
            })
    void aFilterThatMeansNothingIsRefused(String filter) {
        assertError(scim.http().get("/Users?filter=" + Http.encode(filter)), 400, "invalidFilter");
    }

    @ParameterizedTest
    @CsvSource({
        "sortBy=userName, Ann bob cid dan.d",
        "sortBy=userName&sortOrder=descending, dan.d cid bob Ann",
        "sortBy=title, bob cid Ann dan.d",
        "sortBy=title&sortOrder=descending, dan.d Ann cid bob",
        "sortBy=externalId&filter=externalId+pr, Ann bob",
        "sortBy=active&sortOrder=ascending&filter=externalId+pr, bob Ann",
        "sortBy=emails&filter=emails+pr, Ann bob",
        "sortBy=addresses.locality&sortOrder=descending&filter=externalId+pr, bob Ann",
        "sortBy=phoneNumbers&filter=externalId+pr, Ann bob",
        "sortBy=roles&filter=externalId+pr, Ann bob",
        "sortBy=name.familyName&sortOrder=descending&filter=name+pr+and+active+eq+true, cid Ann",
        "sortBy=groups.display, Ann *",
        "sortBy=meta.created, bob Ann dan.d cid",
        "sortBy=ENT:employeeNumber&filter=externalId+pr, bob Ann"
    })
    void sortsBy(String query, String wanted) {
        List<String> sorted = each(scim.read("/Users?" + query.replace("ENT", ScimClient.ENTERPRISE)), "userName");
        if (wanted.endsWith(" *")) {
            assertThat(sorted).hasSize(4).startsWith(wanted.split(" ", -1)[0]);
        } else {
            assertThat(sorted).containsExactly(wanted.split(" ", -1));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "&sortBy=title", "&sortBy=title&sortOrder=descending", "&sortBy=emails&filter=userName+pr"})
    void cursorsLeadThroughTheResultAndBack(String query) {
        List<String> all = each(scim.read("/Users?count=10" + query), "userName");
        List<String> seen = new ArrayList<>();
        JsonNode page = scim.read("/Users?cursor&count=1" + query);
        assertThat(page.has("previousCursor")).isFalse();
        while (page.has("nextCursor")) {
            seen.addAll(each(page, "userName"));
            page = scim.read("/Users?count=1&cursor=" + page.get("nextCursor").asText() + query);
            assertThat(page.get("totalResults").asInt()).isEqualTo(4);
        }
        seen.addAll(each(page, "userName"));
        assertThat(seen).isEqualTo(all);

        page = scim.read("/Users?count=1&cursor=" + page.get("previousCursor").asText() + query);
        assertThat(each(page, "userName")).containsExactly(all.get(2));
    }

    @Test
    void aCursorIsForItsQueryAndItsClientOnly() {
        ObjectNode search = json("""
                {'schemas':['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],'filter':'userName pr','cursor':'','count':2}
                """);
        JsonNode first = scim.http().post("/Users/.search", search).expect(200).json();
        String cursor = first.get("nextCursor").asText();
        assertThat(cursor).matches("[A-Za-z0-9_-]+");
        assertThat(each(scim.read("/Users?filter=userName+pr&count=2&cursor=" + cursor), "userName"))
                .containsExactly("cid", "dan.d");

        String path = "/Users?count=2&cursor=" + cursor;
        assertError(scim.http().get(path), 400, "invalidCursor");
        assertError(scim.http().get(path + "&filter=title+pr"), 400, "invalidCursor");
        assertError(scim.http().get("/Users?cursor=no-cursor"), 400, "invalidCursor");
        assertError(scim.http().get("/Users?filter=userName+pr&count=1&cursor=" + cursor), 400, "invalidCount");
        assertError(scim.http().get("/Users?cursor=&startIndex=2"), 400, "invalidValue");
        ScimClient other = ScimClient.connect(shared, realm, "other", List.of("manage-users"));
        assertError(other.http().get(path + "&filter=userName+pr"), 400, "invalidCursor");
        assertThat(scim.read("/ServiceProviderConfig").at("/pagination/cursor").asBoolean())
                .isTrue();
    }

    @Test
    void pagesNeitherRepeatNorSkip() {
        List<String> seen = new ArrayList<>();
        for (int start = 1; start <= 4; start++) {
            JsonNode page = scim.read("/Users?count=1&startIndex=" + start);
            assertThat(page.get("totalResults").asInt()).isEqualTo(4);
            assertThat(page.get("startIndex").asInt()).isEqualTo(start);
            assertThat(page.get("itemsPerPage").asInt()).isEqualTo(1);
            seen.addAll(each(page, "userName"));
        }
        assertThat(seen).containsExactly("Ann", "bob", "cid", "dan.d");
    }

    @ParameterizedTest
    @CsvSource({
        "count=0, 1, 0",
        "count=-5, 1, 0",
        "startIndex=0&count=2, 1, 2",
        "startIndex=-3, 1, 4",
        "startIndex=5, 5, 0"
    })
    void oddPagesAreWhatTheRfcSays(String query, int startIndex, int items) {
        JsonNode page = scim.read("/Users?" + query);
        assertThat(page.get("totalResults").asInt()).isEqualTo(4);
        assertThat(page.get("startIndex").asInt()).isEqualTo(startIndex);
        assertThat(page.get("itemsPerPage").asInt()).isEqualTo(items);
        assertThat(page.get("Resources")).hasSize(items);
    }

    @ParameterizedTest
    @CsvSource({
        "count=abc, invalidValue",
        "startIndex=1.5, invalidValue",
        "sortOrder=up, invalidValue",
        "sortBy=noSuch, invalidPath",
        "sortBy=name, invalidPath",
        "sortBy=password, invalidPath"
    })
    void aQueryThatMeansNothingIsRefused(String query, String scimType) {
        assertError(scim.http().get("/Users?" + query), 400, scimType);
    }

    @Test
    void aSearchByPostFindsTheSame() {
        ObjectNode search = json("""
                {'schemas':['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],'filter':'title pr',
                 'attributes':['userName','title'],'sortBy':'userName','sortOrder':'descending','startIndex':2,'count':2}
                """);
        JsonNode found = scim.http().post("/Users/.search", search).expect(200).json();

        assertThat(each(found, "userName")).containsExactly("bob", "Ann");
        assertThat(found.get("totalResults").asInt()).isEqualTo(3);
        assertThat(found.at("/Resources/0").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("schemas", "id", "userName", "title");
    }

    @Test
    void whatASearchShowsIsWhatAReadShows() {
        JsonNode found = scim.search("/Users", "userName eq \"ann\"").at("/Resources/0");
        assertThat(found).isEqualTo(scim.read("/Users/" + found.get("id").asText()));
        assertThat(found.at("/groups/0/display").asText()).isEqualTo("Crew");
    }
}
