package dev.keyledger.scim.resource;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.ScimException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * The strict reader of request bodies: bytes in, one JSON object out, or an {@code invalidSyntax} error.
 *
 * <p>Refused are invalid UTF-8, anything but one object, duplicate names (in one object, same spelling), text after the
 * object, and more than the limits: size in bytes (413), nesting, the length of a number, a name or a string. A NUL character
 * or half a surrogate pair, which JSON can escape and no database keeps, is {@code invalidValue}. A byte order mark is skipped.
 * Work and memory are bounded by the size limit. Thread-safe.
 */
public final class JsonBody {
    /** The deepest nesting of objects and arrays that is read; SCIM itself needs seven levels, in a Bulk. */
    public static final int MAX_DEPTH = 32;

    private static final int MAX_NUMBER_LENGTH = 64;
    private static final int MAX_NAME_LENGTH = 1024;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private static final ObjectReader READER = reader();

    private final int maxBytes;

    /** A reader of bodies of at most that many bytes. */
    public JsonBody(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    private static ObjectReader reader() {
        StreamReadConstraints constraints = StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxNumberLength(MAX_NUMBER_LENGTH)
                .maxNameLength(MAX_NAME_LENGTH)
                // no string is longer than its body, which is measured first
                .maxStringLength(Integer.MAX_VALUE)
                .build();
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(constraints)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        return JsonMapper.builder(factory)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build()
                .readerFor(JsonNode.class);
    }

    /** The most bytes of a body. Whoever reads the stream should stop there. */
    public int maxBytes() {
        return maxBytes;
    }

    /**
     * The object that these bytes are.
     *
     * @throws ScimException {@code invalidSyntax}, {@code invalidValue}, or 413 if there are too many bytes
     */
    public ObjectNode parse(byte[] bytes) {
        if (bytes.length > maxBytes) {
            throw ScimException.payloadTooLarge(
                    "the body has " + bytes.length + " bytes, at most " + maxBytes + " are read");
        }
        String text = decode(bytes);
        if (text.isBlank()) {
            throw ScimException.invalidSyntax("the body is empty, want a JSON object");
        }
        try (JsonParser parser = READER.createParser(text)) {
            JsonNode tree = READER.readTree(parser);
            if (parser.nextToken() != null) {
                throw ScimException.invalidSyntax("the body goes on after its JSON object");
            }
            if (tree instanceof ObjectNode object) {
                requireStorable(object);
                return object;
            }
            throw ScimException.invalidSyntax(
                    "the body is a JSON " + tree.getNodeType().name().toLowerCase(Locale.ROOT) + ", want an object");
        } catch (JsonProcessingException e) {
            throw ScimException.invalidSyntax(
                    "the body is no JSON: " + ScimException.bounded(e.getOriginalMessage(), 160) + position(e));
        } catch (NumberFormatException e) {
            // Jackson lets it out where an exponent is no number that a BigDecimal can have
            throw ScimException.invalidSyntax("the body has a number with an exponent that is too large");
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot fail to be read", e);
        }
    }

    private static void requireStorable(JsonNode value) {
        boolean storable = !value.isTextual() || Json.isStorable(value.textValue());
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            storable &= Json.isStorable(member.getKey());
        }
        if (!storable) {
            throw ScimException.invalidValue(
                    "the body has a NUL character or half a surrogate pair, which cannot be kept");
        }
        value.forEach(JsonBody::requireStorable);
    }

    private static String position(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ')';
    }

    private static String decode(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw ScimException.invalidSyntax("the body is not valid UTF-8");
        }
    }
}
