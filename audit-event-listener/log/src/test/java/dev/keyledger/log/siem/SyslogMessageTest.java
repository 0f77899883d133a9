package dev.keyledger.log.siem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.log.entry.EntryKind;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SyslogMessageTest {
    private static final int MAX = 8_192;

    @Test
    void hasTheHeaderOfRfc5424AndTheProofAsStructuredData() {
        LoggedEntry entry = Entries.of(EntryKind.ADMIN, true, "CREATE", "USER");

        String message = text(SyslogMessage.of(entry, "node 1", MAX));

        assertThat(message)
                .startsWith(
                        "<110>1 2026-01-01T00:00:00.123Z node_1 keycloak - audit.entry [keyledger@32473 index=\"42\""
                                + " leafHash=\"" + entry.leafHash().toBase64() + "\" origin=\"" + Entries.ORIGIN
                                + "\"] {")
                .endsWith("}");
    }

    @Test
    void severityTellsWhatFailedAndWhatAlarms() {
        assertThat(text(SyslogMessage.of(Entries.of(EntryKind.USER, false, "LOGIN", "USER"), "n", MAX)))
                .startsWith("<108>1 ");
        assertThat(text(SyslogMessage.of(Entries.of(EntryKind.SYSTEM, true, "INTEGRITY_ALARM", "LOG"), "n", MAX)))
                .startsWith("<106>1 ");
    }

    @Test
    void isAsciiWhateverTheNamesAre() {
        byte[] message = SyslogMessage.of(
                Entries.of(
                        EntryKind.ADMIN, true, "CREATE", "USER", "target", "{\"name\":\"Zoë 🙂\",\"type\":\"USER\"}"),
                "n",
                MAX);

        for (byte each : message) {
            assertThat(each).isBetween((byte) ' ', (byte) '~');
        }
        assertThat(text(message)).contains("Zo\\u00eb \\ud83d\\ude42");
    }

    @Test
    void aLongOneIsNotToldWhatChanged() {
        LoggedEntry entry = Entries.of(
                EntryKind.ADMIN,
                true,
                "UPDATE",
                "USER",
                "target",
                "{\"name\":\"alice\",\"type\":\"USER\"}",
                "change",
                "{\"after\":{\"note\":\"" + "x".repeat(MAX) + "\"}}");

        byte[] message = SyslogMessage.of(entry, "n", MAX);

        assertThat(message).hasSizeLessThanOrEqualTo(MAX);
        assertThat(text(message)).contains("alice").contains("\"slots_not_told\":[\"change\"]");
    }

    @Test
    void isFramedByItsLengthInOctets() {
        assertThat(text(SyslogMessage.frame("hello".getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo("5 hello");
    }

    private static String text(byte[] message) {
        return new String(message, StandardCharsets.US_ASCII);
    }
}
