package dev.keyledger.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.EventStream;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** New entries arrive by themselves, and whoever was away misses none. */
@ParameterizedClass
@MethodSource("dev.keyledger.e2e.SharedServer#any")
class StreamTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** More than a server has connections to its database. */
    private static final int MANY = 60;

    @Parameter
    SharedServer shared = SharedServer.H2;

    private AdminClient admin = new AdminClient("");
    private String realm = "";
    private Http log = new Http("");

    @BeforeEach
    void makeARealm() {
        realm = shared.freshRealm("stream");
        admin = shared.admin();
        log = admin.auditLog(realm).http();
        admin.auditLog(realm).awaitSealed();
    }

    @Test
    void newEntriesArriveAndAClientThatComesBackGoesOnWhereItWas() {
        String place;
        try (EventStream stream = log.events("/stream?resourceType=GROUP")) {
            makeGroup("one");
            EventStream.Event first = stream.await("entry");
            assertThat(name(first)).isEqualTo("one");
            assertThat(json(first).get("state").asText()).isEqualTo("sealed");
            place = first.id();
        }
        makeGroup("two");
        makeGroup("three");
        admin.auditLog(realm).awaitSealed();

        try (EventStream stream = log.with("Last-Event-ID", place).events("/stream?resourceType=GROUP")) {
            assertThat(name(stream.await("entry"))).isEqualTo("two");
            assertThat(name(stream.await("entry"))).isEqualTo("three");
            makeGroup("four");
            assertThat(name(stream.await("entry"))).isEqualTo("four");
        }
        try (EventStream stream = log.with("Last-Event-ID", "1.0").events("/stream")) {
            assertThat(json(stream.await("entry")).get("index").asLong()).isZero();
        }
    }

    @Test
    void streamsHoldNothingWhileTheyWait() {
        List<EventStream> streams = new ArrayList<>();
        try {
            for (int i = 0; i < MANY; i++) {
                streams.add(log.events("/stream?resourceType=GROUP"));
            }
            makeGroup("seen-by-all");
            for (EventStream stream : streams) {
                assertThat(name(stream.await("entry"))).isEqualTo("seen-by-all");
            }
            log.get("/status").expect(200);
        } finally {
            streams.forEach(EventStream::close);
        }
    }

    @Test
    void aBadPlaceOrFilterAndAStrangerAreRefused() {
        assertThat(log.with("Last-Event-ID", "elsewhere").get("/stream").status())
                .isEqualTo(400);
        assertThat(log.get("/stream?outcome=perhaps").status()).isEqualTo(400);
        admin.createServiceAccount(realm, "stranger", "secret", List.of("view-users"));
        Http stranger = new Http(shared.server().baseUrl())
                .bearer(admin.serviceAccountToken(realm, "stranger", "secret"))
                .below("/admin/realms/" + realm + "/audit-log");
        assertThat(stranger.get("/stream").status()).isEqualTo(403);
    }

    private void makeGroup(String name) {
        admin.realm(realm)
                .post("/groups", JSON.createObjectNode().put("name", name))
                .expect(201);
    }

    private static String name(EventStream.Event event) {
        return json(event).get("target").get("name").asText();
    }

    private static JsonNode json(EventStream.Event event) {
        try {
            return JSON.readTree(event.data());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("want JSON, got " + event, e);
        }
    }
}
