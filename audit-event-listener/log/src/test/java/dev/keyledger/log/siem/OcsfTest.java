package dev.keyledger.log.siem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.log.entry.EntryKind;
import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OcsfTest {
    private static final String ALICE = "{\"id\":\"alice-id\",\"name\":\"alice\",\"type\":\"USER\"}";
    private static final String ADMIN =
            "{\"client\":\"console\",\"id\":\"admin-id\",\"name\":\"admin\",\"type\":\"user\"}";

    @Test
    void aCreatedUserIsAnAccountChange() {
        LoggedEntry entry = Entries.of(
                EntryKind.ADMIN,
                true,
                "CREATE",
                "USER",
                "actor",
                ADMIN,
                "target",
                ALICE,
                "net",
                "{\"ip\":\"192.0.2.1\",\"requestId\":\"r-1\",\"session\":\"s-1\",\"userAgent\":\"curl\"}");

        JsonObject event = Ocsf.of(entry);

        assertThat(event.integer("class_uid")).isEqualTo(3001);
        assertThat(event.integer("category_uid")).isEqualTo(3);
        assertThat(event.integer("type_uid")).isEqualTo(300101);
        assertThat(event.integer("time")).isEqualTo(Entries.TIME);
        assertThat(event.integer("status_id")).isEqualTo(1);
        assertThat(event.object("metadata").string("version")).isEqualTo("1.3.0");
        assertThat(event.object("metadata").string("uid")).isEqualTo(Entries.ID);
        assertThat(event.object("metadata").string("correlation_uid")).isEqualTo("r-1");
        assertThat(event.object("actor").object("user").string("name")).isEqualTo("admin");
        assertThat(event.object("actor").string("app_name")).isEqualTo("console");
        assertThat(event.object("user").string("uid")).isEqualTo("alice-id");
        assertThat(event.object("src_endpoint").string("ip")).isEqualTo("192.0.2.1");
        assertThat(event.object("http_request").string("user_agent")).isEqualTo("curl");
        assertThat(event.object("unmapped").integer("log_index")).isEqualTo(42);
        assertThat(event.object("unmapped").string("leaf_hash"))
                .isEqualTo(entry.leafHash().toBase64());
    }

    @Test
    void aFailedLoginIsAnAuthenticationWithItsReason() {
        JsonObject event = Ocsf.of(Entries.of(
                EntryKind.USER,
                false,
                "LOGIN",
                "USER",
                "actor",
                "{\"name\":\"alice\",\"type\":\"anonymous\"}",
                "change",
                "{\"error\":\"invalid_user_credentials\"}"));

        assertThat(event.integer("type_uid")).isEqualTo(300201);
        assertThat(event.integer("status_id")).isEqualTo(2);
        assertThat(event.string("status_detail")).isEqualTo("invalid_user_credentials");
        assertThat(event.object("user").string("name")).isEqualTo("alice");
    }

    @Test
    void aMembershipIsAChangeOfTheGroup() {
        JsonObject event = Ocsf.of(Entries.of(
                EntryKind.ADMIN,
                true,
                "CREATE",
                "GROUP_MEMBERSHIP",
                "target",
                "{\"id\":\"alice-id\",\"path\":\"users/alice-id/groups/group-id\",\"type\":\"USER\"}"));

        assertThat(event.integer("type_uid")).isEqualTo(300603);
        assertThat(event.object("group").string("uid")).isEqualTo("group-id");
        assertThat(event.object("user").string("uid")).isEqualTo("alice-id");
    }

    @Test
    void aDisabledUserIsToldAsSuch() {
        JsonObject event = Ocsf.of(Entries.of(
                EntryKind.ADMIN,
                true,
                "UPDATE",
                "USER",
                "target",
                ALICE,
                "change",
                "{\"after\":{\"enabled\":false},\"before\":{\"enabled\":true}}"));

        assertThat(event.integer("type_uid")).isEqualTo(300105);
    }

    @Test
    void whatDoesNotOpenIsNamedAndNotTold() {
        LoggedEntry entry = Entries.of(EntryKind.ADMIN, true, "CREATE", "USER", "actor", ADMIN, "target", ALICE);

        String event = CanonicalJson.format(Ocsf.of(entry.leafOnly()));

        assertThat(event).doesNotContain("alice").doesNotContain("admin-id");
        assertThat(event).contains("\"slots_not_told\":[\"actor\",\"target\"]");
    }

    @Test
    void theTableInTheDocumentationIsTheOneThatIsFollowed() throws IOException {
        List<String> documented = Files.readAllLines(Path.of("..", "..", "docs", "siem.md")).stream()
                .filter(line -> line.matches("\\| `.*\\| [0-9]{4} \\| [0-9]+ \\|"))
                .toList();

        assertThat(documented)
                .containsExactlyElementsOf(
                        OcsfMapping.rules().stream().map(OcsfTest::line).toList());
    }

    private static String line(OcsfMapping.Rule rule) {
        return "| " + code(rule.kinds()) + " | " + code(rule.operations()) + " | " + code(rule.resourceTypes()) + " | "
                + rule.condition().words() + " | " + rule.type().classUid() + " | "
                + rule.type().activity() + " |";
    }

    private static String code(String words) {
        return words.isEmpty()
                ? ""
                : Arrays.stream(words.split(" ", -1))
                        .map(word -> "`" + word + "`")
                        .collect(Collectors.joining(", "));
    }
}
