package dev.keyledger.scim.keycloak.user;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.keycloak.query.StoredElements;
import dev.keyledger.scim.keycloak.schema.UserAttributeNames;
import dev.keyledger.scim.resource.Json;
import dev.keyledger.scim.schema.AttributeDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Divides the {@code emails} of a resource into the one address that Keycloak itself uses and the rest.
 *
 * <p>The account's address is the primary one, else the first of type {@code work}, else the first. Its value lives in
 * Keycloak's own {@code email} alone, so an administrator who changes that changes the resource too; what else the client said
 * of it, and the other addresses, are stored elements. The plain case, one address of type {@code work} that is primary,
 * stores nothing. The other addresses are stored a second time in a form that an index finds. Keycloak keeps addresses in lower case; the client's spelling is kept beside and shown as long as it is the
 * same address.
 */
final class Emails {
    /** The Keycloak attribute of the stored elements. */
    static final String ATTRIBUTE = "emails";

    /** The Keycloak attribute that has each address other than the account's once more, in lower case, to be found by an index. */
    static final String LOOKUP = UserAttributeNames.EMAILS_LOOKUP;

    /** The longest address that is there. */
    static final int MAX_LOOKUP = 255;

    private static final String SPELLING = "@value";
    private static final String VALUE = "value";
    private static final String TYPE = "type";
    private static final String PRIMARY = "primary";
    private static final String WORK = "work";

    /**
     * @param account the address for Keycloak, in lower case, or null for none
     * @param stored  the values of the attribute {@value #ATTRIBUTE}
     * @param lookup  the values of the attribute {@value #LOOKUP}
     */
    record Division(@Nullable String account, List<String> stored, List<String> lookup) {}

    private Emails() {}

    /** What to store for these addresses; those without a {@code value} are dropped. */
    static Division divide(AttributeDefinition emails, List<ObjectNode> addresses) {
        List<ObjectNode> kept = new ArrayList<>();
        addresses.stream()
                .filter(address -> !value(address).isEmpty())
                .forEach(address -> kept.add(address.deepCopy()));
        if (kept.isEmpty()) {
            return new Division(null, List.of(), List.of());
        }
        ObjectNode account = account(kept);
        String spelling = value(account);
        String address = spelling.toLowerCase(Locale.ROOT);
        if (kept.size() == 1 && account.equals(plain(address))) {
            return new Division(address, List.of(), List.of());
        }
        account.remove(Json.key(account, VALUE));
        if (!spelling.equals(address)) {
            account.put(SPELLING, spelling);
        }
        List<String> lookup = kept.stream()
                .map(other -> value(other).toLowerCase(Locale.ROOT))
                .filter(other -> !other.isEmpty() && other.length() <= MAX_LOOKUP)
                .distinct()
                .toList();
        return new Division(address, StoredElements.encode(emails, kept), lookup);
    }

    /** The addresses of an account whose address is {@code account}. */
    static List<ObjectNode> join(@Nullable String account, List<String> stored) {
        List<ObjectNode> addresses = new ArrayList<>();
        boolean shown = false;
        for (ObjectNode address : StoredElements.decode(stored)) {
            String spelling = address.path(SPELLING).asText();
            address.remove(SPELLING);
            boolean isAccount = value(address).isEmpty();
            if (isAccount && account != null && !shown) {
                address.put(VALUE, spelling.equalsIgnoreCase(account) ? spelling : account);
                shown = true;
                isAccount = false;
            }
            if (!isAccount) {
                addresses.add(address);
            }
        }
        if (account != null && !shown) {
            ObjectNode address = plain(account);
            if (addresses.stream().anyMatch(other -> other.path(PRIMARY).asBoolean())) {
                address.remove(PRIMARY);
            }
            addresses.add(0, address);
        }
        return addresses;
    }

    private static ObjectNode account(List<ObjectNode> addresses) {
        for (ObjectNode address : addresses) {
            if (isTrue(address)) {
                return address;
            }
        }
        for (ObjectNode address : addresses) {
            if (WORK.equalsIgnoreCase(text(address, TYPE))) {
                return address;
            }
        }
        return addresses.get(0);
    }

    private static boolean isTrue(ObjectNode address) {
        var primary = Json.get(address, PRIMARY);
        return primary != null && primary.booleanValue();
    }

    private static ObjectNode plain(String address) {
        ObjectNode plain = Json.object().put(VALUE, address);
        plain.setAll(plainParts());
        return plain;
    }

    /** What an account's address is beside its value, where nothing is stored of it. */
    static ObjectNode plainParts() {
        return Json.object().put(TYPE, WORK).put(PRIMARY, true);
    }

    private static String value(ObjectNode address) {
        return text(address, VALUE);
    }

    private static String text(ObjectNode object, String name) {
        var value = Json.get(object, name);
        return value == null ? "" : value.asText();
    }
}
