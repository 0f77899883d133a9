package dev.keyledger.audit.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keyledger.audit.storage.EntryQuery;
import dev.keyledger.audit.storage.Reference;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntryParametersTest {
    @Test
    void searchesForAnythingByDefault() {
        assertThat(EntryParameters.parse(new MultivaluedHashMap<>())).isEqualTo(EntryQuery.newest(50));
    }

    @Test
    void takesEachFilterMoreThanOnce() {
        MultivaluedMap<String, String> parameters = new MultivaluedHashMap<>();
        parameters.put("kind", List.of("admin", "scim"));
        parameters.put("operation", List.of("CREATE", ""));
        parameters.put("resourceType", List.of("USER"));

        EntryQuery query = EntryParameters.parse(parameters);

        assertThat(query.kinds()).containsExactly("admin", "scim");
        assertThat(query.operations()).containsExactly("CREATE");
        assertThat(query.resourceTypes()).containsExactly("USER");
    }

    @Test
    void trimsNamesAndIgnoresBlankOnes() {
        assertThat(parse("user", " ada ").references()).isEqualTo(Map.of(Reference.USER, List.of("ada")));
        assertThat(parse("user", "  ").references()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "user, USER",
        "actor, ACTOR",
        "target, TARGET",
        "resourceId, RESOURCE",
        "client, CLIENT",
        "ip, IP",
        "requestId, REQUEST",
    })
    void readsReferencesWithSeveralValues(String name, Reference reference) {
        MultivaluedMap<String, String> parameters = new MultivaluedHashMap<>();
        parameters.put(name, List.of("one", "two"));

        assertThat(EntryParameters.parse(parameters).references()).isEqualTo(Map.of(reference, List.of("one", "two")));
    }

    @Test
    void takesAConnectionForTheClientOfScimEntries() {
        EntryQuery query = parse("connection", "entra");

        assertThat(query.kinds()).containsExactly("scim");
        assertThat(query.references()).isEqualTo(Map.of(Reference.CLIENT, List.of("entra")));
    }

    @Test
    void refusesWhatContradictsAConnection() {
        MultivaluedMap<String, String> parameters = new MultivaluedHashMap<>();
        parameters.put("connection", List.of("entra"));
        parameters.put("kind", List.of("admin"));
        assertThatThrownBy(() -> EntryParameters.parse(parameters)).isInstanceOf(WebApplicationException.class);
        parameters.remove("kind");
        parameters.put("client", List.of("entra"));
        assertThatThrownBy(() -> EntryParameters.parse(parameters)).isInstanceOf(WebApplicationException.class);
    }

    @Test
    void readsTheOutcome() {
        assertThat(parse("outcome", "success").success()).isTrue();
        assertThat(parse("outcome", "failure").success()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "1767225600000, 2026-01-01T00:00:00Z",
        "2026-01-01, 2026-01-01T00:00:00Z",
        "2026-01-01T10:30:00Z, 2026-01-01T10:30:00Z",
        "2026-01-01T10:30:00.250Z, 2026-01-01T10:30:00.250Z",
        "2026-01-01T10:30:00+02:00, 2026-01-01T08:30:00Z",
    })
    void readsABeginning(String text, Instant want) {
        assertThat(parse("from", text).from()).isEqualTo(want.toEpochMilli());
    }

    @Test
    void includesTheDayThatASearchEndsWith() {
        assertThat(parse("to", "2026-02-28").to())
                .isEqualTo(Instant.parse("2026-03-01T00:00:00Z").toEpochMilli());
        assertThat(parse("to", "2026-02-28T12:00:00Z").to())
                .isEqualTo(Instant.parse("2026-02-28T12:00:00Z").toEpochMilli());
    }

    @Test
    void readsItsOwnCursor() {
        assertThat(parse("before", EntryParameters.cursor(new EntryQuery.Cursor(1_767_225_600_000L, 12)))
                        .before())
                .isEqualTo(new EntryQuery.Cursor(1_767_225_600_000L, 12));
    }

    @Test
    void givesNoMoreThan500AtOnce() {
        assertThat(parse("max", "20").max()).isEqualTo(20);
        assertThat(parse("max", "99999").max()).isEqualTo(500);
    }

    @ParameterizedTest
    @CsvSource({
        "outcome, yes, success or failure",
        "outcome, SUCCESS, success or failure",
        "from, yesterday, epoch milliseconds or an ISO-8601 time",
        "from, 2026-02-30, epoch milliseconds or an ISO-8601 time",
        "from, 2026-01-01T25:00:00Z, epoch milliseconds or an ISO-8601 time",
        "to, 12345678901234567890, epoch milliseconds or an ISO-8601 time",
        "to, +999999999-12-31T23:59:59Z, epoch milliseconds or an ISO-8601 time",
        "max, 0, 1 to 500",
        "max, -5, 1 to 500",
        "max, many, 1 to 500",
        "before, AAAA, the \"next\" of the page before",
        "before, not base64!, the \"next\" of the page before",
    })
    void refusesABadValueWithWhatItWants(String name, String value, String want) {
        assertThat(refused(name, List.of(value)))
                .isEqualTo("{\"error\":\"invalid_request\",\"error_description\":\"parameter " + name + " is \\\""
                        + value + "\\\", want " + want.replace("\"", "\\\"") + "\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kind", "operation", "resourceType"})
    void refusesMoreValuesThanADatabaseTakes(String name) {
        assertThat(refused(name, Collections.nCopies(101, "x"))).contains("want at most 100 values");
    }

    @ParameterizedTest
    @ValueSource(strings = {"user", "actor", "target", "client", "ip"})
    void refusesMoreReferencesThanOnePageCanRead(String name) {
        assertThat(refused(name, Collections.nCopies(21, "x"))).contains("want at most 20 values");
    }

    @Test
    void echoesNoMoreThanTheBeginningOfABadValue() {
        assertThat(refused("max", List.of("9".repeat(5_000)))).hasSizeLessThan(200);
    }

    private static EntryQuery parse(String name, String value) {
        return EntryParameters.parse(new MultivaluedHashMap<>(Collections.singletonMap(name, value)));
    }

    private static String refused(String name, List<String> values) {
        MultivaluedMap<String, String> parameters = new MultivaluedHashMap<>();
        parameters.put(name, values);
        WebApplicationException thrown =
                catchThrowableOfType(WebApplicationException.class, () -> EntryParameters.parse(parameters));
        assertThat(thrown.getResponse().getStatus()).isEqualTo(400);
        return thrown.getResponse().getEntity().toString();
    }
}
