package dev.keyledger.log.siem;

import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Syslog messages: the proof as structured data, the OCSF event as the text.
 *
 * <pre>
 * &lt;110&gt;1 2026-01-01T00:00:00.123Z node-1 keycloak - audit.entry [keyledger@32473 index="42" leafHash="l6r5..."
 *  origin="audit.example.com/kc/audit/acme"] {"activity_id":1,...}
 * </pre>
 *
 * The text is ASCII, so that it needs no byte order mark; other characters are escaped as JSON allows. Facility 13, log
 * audit.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5424">RFC 5424</a>
 */
public final class SyslogMessage {
    /**
     * The id of the structured data. The number is the one for examples (RFC 5612), because this project has none of its
     * own.
     */
    public static final String SD_ID = "keyledger@32473";

    private static final int FACILITY = 13;
    private static final int SEVERITIES = 8;
    private static final int CRITICAL = 2;
    private static final int WARNING = 4;
    private static final int INFORMATIONAL = 6;
    private static final int MAX_HOST = 255;

    private SyslogMessage() {}

    /**
     * The message of an entry.
     *
     * @param max bytes; of an entry whose message is longer it is not told what changed, and of one that is still longer
     *     only what the leaf says
     */
    public static byte[] of(LoggedEntry logged, String host, int max) {
        byte[] whole = entry(logged, host);
        if (whole.length <= max) {
            return whole;
        }
        byte[] shorter = entry(logged.withoutChange(), host);
        return shorter.length <= max ? shorter : entry(logged.leafOnly(), host);
    }

    private static byte[] entry(LoggedEntry logged, String host) {
        Map<String, String> proof = Map.of(
                "origin", logged.entry().origin(),
                "index", Long.toString(logged.index()),
                "leafHash", logged.leafHash().toBase64());
        int severity = switch (Ocsf.severity(logged)) {
            case Ocsf.CRITICAL -> CRITICAL;
            case Ocsf.LOW -> WARNING;
            default -> INFORMATIONAL;
        };
        return format(severity, logged.entry().time(), host, "audit.entry", proof, Ocsf.of(logged));
    }

    /** The message of a checkpoint that was signed at a time in epoch milliseconds. */
    public static byte[] of(SignedCheckpoint signed, long time, String host) {
        Map<String, String> head = Map.of(
                "origin", signed.checkpoint().origin(),
                "size", Long.toString(signed.checkpoint().head().size()),
                "rootHash", signed.checkpoint().head().root().toBase64());
        return format(INFORMATIONAL, time, host, "audit.checkpoint", head, Ocsf.of(signed, time));
    }

    /** The message of an entry whose leaf is not what was written. */
    public static byte[] unreadable(String origin, long index, long time, String host) {
        Map<String, String> place = Map.of("origin", origin, "index", Long.toString(index));
        return format(CRITICAL, time, host, "audit.unreadable", place, Ocsf.unreadable(origin, index, time));
    }

    /** A message as it is sent over a stream: its length in octets, a space, the message. RFC 5425 section 4.3. */
    public static byte[] frame(byte[] message) {
        byte[] length = (message.length + " ").getBytes(StandardCharsets.US_ASCII);
        byte[] framed = new byte[length.length + message.length];
        System.arraycopy(length, 0, framed, 0, length.length);
        System.arraycopy(message, 0, framed, length.length, message.length);
        return framed;
    }

    private static byte[] format(
            int severity, long time, String host, String messageId, Map<String, String> data, JsonObject event) {
        StringBuilder text = new StringBuilder()
                .append('<')
                .append(FACILITY * SEVERITIES + severity)
                .append(">1 ")
                .append(Instant.ofEpochMilli(time))
                .append(' ')
                .append(host(host))
                .append(" keycloak - ")
                .append(messageId)
                .append(" [")
                .append(SD_ID);
        new TreeMap<>(data)
                .forEach((name, value) -> text.append(' ')
                        .append(name)
                        .append("=\"")
                        .append(value.replaceAll("([\"\\\\\\]])", "\\\\$1"))
                        .append('"'));
        return text.append("] ").append(ascii(event)).toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** What is no printable ASCII is replaced; an unknown name is a dash. RFC 5424 section 6.2.4. */
    private static String host(String name) {
        String printable = name.replaceAll("[^!-~]", "_");
        return printable.isEmpty() ? "-" : printable.substring(0, Math.min(MAX_HOST, printable.length()));
    }

    private static String ascii(JsonObject event) {
        StringBuilder text = new StringBuilder();
        for (char c : CanonicalJson.format(event).toCharArray()) {
            if (c > '~') {
                text.append("\\u").append(HexFormat.of().toHexDigits(c));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
