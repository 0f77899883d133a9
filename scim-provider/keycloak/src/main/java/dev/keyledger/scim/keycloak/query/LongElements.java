package dev.keyledger.scim.keycloak.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.resource.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * How a stored element that is too long for one value of a Keycloak attribute is kept in several: its head, in which the long
 * texts are cut short, and the rest of each long text, piece by piece.
 *
 * <pre>{"@":0,"type":"photo","value":"data:image/png;base64,iVBO"}
 * {"@":0,"@of":"value","@n":1,"@text":"Rw0KGgo…"}</pre>
 *
 * <p>Where administrators may edit unmanaged attributes, Keycloak refuses to save a user with a value of more than 2048
 * characters, whoever wrote it. A piece whose head is gone says nothing, a head whose pieces are gone is short: whatever an
 * administrator did, the user can be read.
 */
final class LongElements {
    /** The longest text of one value, in UTF-16 units. */
    static final int MAX = 2000;

    private static final int MAX_HEAD = 200;
    private static final int MAX_PIECE = 1900;
    /** The member of a piece that names the part it belongs to. */
    static final String OF = "@of";

    private static final String NUMBER = "@n";
    private static final String TEXT = "@text";

    private LongElements() {}

    /** The element, or its head and pieces; {@code text} writes one as it will be stored. */
    static List<String> split(ObjectNode element, Function<ObjectNode, String> text) {
        String whole = text.apply(element);
        if (whole.length() <= MAX) {
            return List.of(whole);
        }
        int cut = MAX_HEAD;
        ObjectNode head = head(element, cut);
        while (text.apply(head).length() > MAX && cut > 1) {
            cut /= 2;
            head = head(element, cut);
        }
        List<String> texts = new ArrayList<>();
        texts.add(text.apply(head));
        for (Map.Entry<String, JsonNode> member : element.properties()) {
            String value = member.getValue().asText();
            int number = 1;
            for (int from = end(value, 0, cut); isLong(member.getValue(), cut) && from < value.length(); number++) {
                int to = end(value, from, MAX_PIECE);
                ObjectNode piece = piece(element, member.getKey(), number, value.substring(from, to));
                while (text.apply(piece).length() > MAX) {
                    to = end(value, from, (to - from) / 2);
                    piece = piece(element, member.getKey(), number, value.substring(from, to));
                }
                texts.add(text.apply(piece));
                from = to;
            }
        }
        return texts;
    }

    private static ObjectNode head(ObjectNode element, int cut) {
        ObjectNode head = element.deepCopy();
        for (Map.Entry<String, JsonNode> member : element.properties()) {
            if (isLong(member.getValue(), cut)) {
                String value = member.getValue().asText();
                head.put(member.getKey(), value.substring(0, end(value, 0, cut)));
            }
        }
        return head;
    }

    private static boolean isLong(JsonNode value, int cut) {
        return value.isTextual() && value.textValue().length() > cut;
    }

    private static ObjectNode piece(ObjectNode element, String of, int number, String text) {
        ObjectNode piece = Json.object();
        piece.set(StoredElements.POSITION, element.get(StoredElements.POSITION));
        return piece.put(OF, of).put(NUMBER, number).put(TEXT, text);
    }

    /** Where a piece that begins there ends; never between the two halves of a character. */
    private static int end(String text, int from, int length) {
        int end = Math.min(text.length(), from + Math.max(2, length));
        return end < text.length() && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
    }

    /** Puts the pieces among these elements back where they belong. */
    static void join(List<ObjectNode> elements) {
        List<ObjectNode> pieces = new ArrayList<>();
        for (Iterator<ObjectNode> all = elements.iterator(); all.hasNext(); ) {
            ObjectNode element = all.next();
            if (element.has(OF)) {
                all.remove();
                pieces.add(element);
            }
        }
        pieces.sort(Comparator.comparingInt(piece -> piece.path(NUMBER).asInt()));
        for (ObjectNode piece : pieces) {
            String of = piece.path(OF).asText();
            elements.stream()
                    .filter(head -> head.path(StoredElements.POSITION).equals(piece.path(StoredElements.POSITION)))
                    .filter(head -> head.path(of).isTextual())
                    .findFirst()
                    .ifPresent(head -> head.put(
                            of, head.get(of).asText() + piece.path(TEXT).asText()));
        }
    }
}
