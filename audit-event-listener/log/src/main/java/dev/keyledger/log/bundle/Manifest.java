package dev.keyledger.log.bundle;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonReader;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import dev.keyledger.log.merkle.Hash;
import dev.keyledger.log.merkle.TreeHead;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The list of what is in a bundle, {@code manifest.json}: canonical JSON, with the SHA-256 of every other file and, as
 * {@code digest}, of itself without that member. It finds accidents and names the file; it proves nothing, since
 * whoever changes a file can write a new manifest. What proves is the checkpoint.
 *
 * @param from first entry
 * @param to behind the last entry
 * @param created epoch milliseconds
 * @param creator name and version of the program
 * @param files lower-case hexadecimal SHA-256 by path
 * @param selected which of the range it has; null for all
 */
public record Manifest(
        String origin,
        TreeHead head,
        long from,
        long to,
        long created,
        String creator,
        Map<String, String> files,
        @Nullable Selected selected) {
    /** Where it stands in a bundle. */
    public static final String PATH = "manifest.json";

    static final int MAX_BYTES = 256 << 20;

    private static final String FORMAT = "keyledger/bundle/v1";

    public Manifest {
        files = Collections.unmodifiableMap(new TreeMap<>(files));
    }

    /**
     * What was picked out of the range.
     *
     * @param entries how many
     * @param filters what was searched for
     */
    public record Selected(long entries, Map<String, String> filters) {
        public Selected {
            filters = Collections.unmodifiableMap(new TreeMap<>(filters));
        }
    }

    /** Parses the file; it must be what {@link #encode} writes, to the byte. */
    public static Manifest parse(byte[] bytes) {
        JsonObject json = JsonReader.parseObject(bytes, MAX_BYTES);
        if (!json.string("format").equals(FORMAT)) {
            throw new FormatException(
                    "bundle format is " + FormatException.quote(json.string("format")) + ", want " + FORMAT);
        }
        Map<String, String> files = new TreeMap<>();
        JsonObject listed = json.object("files");
        listed.members().keySet().forEach(path -> files.put(path, listed.string(path)));
        Manifest manifest = new Manifest(
                json.string("origin"),
                new TreeHead(json.integer("size"), Hash.ofBase64(json.string("root"))),
                json.integer("from"),
                json.integer("to"),
                json.integer("created"),
                json.string("creator"),
                files,
                selected(json));
        if (!MessageDigest.isEqual(bytes, manifest.encode())) {
            throw new FormatException("manifest.json is not what its own digest covers");
        }
        return manifest;
    }

    private static @Nullable Selected selected(JsonObject json) {
        if (json.get("selected") == null) {
            return null;
        }
        JsonObject selected = json.object("selected");
        Map<String, String> filters = new TreeMap<>();
        JsonObject asked = selected.object("filters");
        asked.members().keySet().forEach(name -> filters.put(name, asked.string(name)));
        return new Selected(selected.integer("entries"), filters);
    }

    /** The bytes of the file. */
    public byte[] encode() {
        Map<String, JsonValue> members = new TreeMap<>();
        members.put("created", JsonNumber.of(created));
        members.put("creator", new JsonString(creator));
        Map<String, JsonValue> listed = new TreeMap<>();
        files.forEach((path, hash) -> listed.put(path, new JsonString(hash)));
        members.put("files", new JsonObject(listed));
        members.put("format", new JsonString(FORMAT));
        members.put("from", JsonNumber.of(from));
        members.put("origin", new JsonString(origin));
        members.put("root", new JsonString(head.root().toBase64()));
        members.put("size", JsonNumber.of(head.size()));
        members.put("to", JsonNumber.of(to));
        Selected picked = selected;
        if (picked != null) {
            Map<String, JsonValue> filters = new TreeMap<>();
            picked.filters().forEach((name, value) -> filters.put(name, JsonString.of(value)));
            members.put(
                    "selected",
                    new JsonObject(
                            Map.of("entries", JsonNumber.of(picked.entries()), "filters", new JsonObject(filters))));
        }
        byte[] covered = CanonicalJson.encode(new JsonObject(members));
        members.put("digest", new JsonString(HexFormat.of().formatHex(sha256().digest(covered))));
        return (CanonicalJson.format(new JsonObject(members)) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
