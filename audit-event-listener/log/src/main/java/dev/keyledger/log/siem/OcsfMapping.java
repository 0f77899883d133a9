package dev.keyledger.log.siem;

import static dev.keyledger.log.siem.OcsfType.ACCOUNT_CHANGE;
import static dev.keyledger.log.siem.OcsfType.APPLICATION_LIFECYCLE;
import static dev.keyledger.log.siem.OcsfType.AUTHENTICATION;
import static dev.keyledger.log.siem.OcsfType.DETECTION_FINDING;
import static dev.keyledger.log.siem.OcsfType.ENTITY_MANAGEMENT;
import static dev.keyledger.log.siem.OcsfType.GROUP_MANAGEMENT;
import static dev.keyledger.log.siem.OcsfType.OTHER;
import static dev.keyledger.log.siem.OcsfType.USER_ACCESS;

import dev.keyledger.log.entry.Slot;
import java.util.List;

/** Which class and activity of OCSF an entry is: the first rule that fits. docs/siem.md has the same table. */
public final class OcsfMapping {
    private static final String ANY = "";
    private static final String PEOPLE = "user";
    private static final String OTHERS = "admin scim system";
    private static final String ROLES = "REALM_ROLE_MAPPING CLIENT_ROLE_MAPPING";
    private static final String MEMBERS = "GROUP_MEMBERSHIP ORGANIZATION_GROUP_MEMBERSHIP ORGANIZATION_MEMBERSHIP";
    private static final String GROUPS = "GROUP ORGANIZATION_GROUP";
    private static final String USERS = "USER";

    private static final List<Rule> RULES = List.of(
            people("LOGIN CLIENT_LOGIN IDENTITY_PROVIDER_LOGIN IMPERSONATE", AUTHENTICATION, 1),
            people("LOGOUT USER_SESSION_DELETED", AUTHENTICATION, 2),
            people("REGISTER IDENTITY_PROVIDER_FIRST_LOGIN", ACCOUNT_CHANGE, 1),
            people("UPDATE_PASSWORD", ACCOUNT_CHANGE, 3),
            people("RESET_PASSWORD SEND_RESET_PASSWORD", ACCOUNT_CHANGE, 4),
            people("DELETE_ACCOUNT", ACCOUNT_CHANGE, 6),
            people("USER_DISABLED_BY_PERMANENT_LOCKOUT USER_DISABLED_BY_TEMPORARY_LOCKOUT", ACCOUNT_CHANGE, 9),
            people("UPDATE_TOTP", ACCOUNT_CHANGE, 10),
            people("REMOVE_TOTP", ACCOUNT_CHANGE, 11),
            people(
                    "UPDATE_PROFILE UPDATE_EMAIL VERIFY_EMAIL VERIFY_PROFILE UPDATE_CREDENTIAL REMOVE_CREDENTIAL"
                            + " FEDERATED_IDENTITY_LINK REMOVE_FEDERATED_IDENTITY",
                    ACCOUNT_CHANGE,
                    OTHER),
            people(ANY, AUTHENTICATION, OTHER),
            others("CREATE", ROLES, Condition.OF_A_GROUP, GROUP_MANAGEMENT, 1),
            others("DELETE", ROLES, Condition.OF_A_GROUP, GROUP_MANAGEMENT, 2),
            others("CREATE", ROLES, Condition.NONE, USER_ACCESS, 1),
            others("DELETE", ROLES, Condition.NONE, USER_ACCESS, 2),
            others("CREATE", MEMBERS, Condition.NONE, GROUP_MANAGEMENT, 3),
            others("DELETE", MEMBERS, Condition.NONE, GROUP_MANAGEMENT, 4),
            others("DELETE", GROUPS, Condition.NONE, GROUP_MANAGEMENT, 5),
            others("CREATE", GROUPS, Condition.NONE, GROUP_MANAGEMENT, 6),
            others(ANY, GROUPS, Condition.NONE, GROUP_MANAGEMENT, OTHER),
            others("CREATE", USERS, Condition.NONE, ACCOUNT_CHANGE, 1),
            others("UPDATE", USERS, Condition.ENABLED, ACCOUNT_CHANGE, 2),
            others("UPDATE", USERS, Condition.DISABLED, ACCOUNT_CHANGE, 5),
            others("ACTION", USERS, Condition.RESETS_PASSWORD, ACCOUNT_CHANGE, 4),
            others("DELETE", USERS, Condition.NONE, ACCOUNT_CHANGE, 6),
            others(ANY, USERS, Condition.NONE, ACCOUNT_CHANGE, OTHER),
            others("INTEGRITY_ALARM FORGED_STAGE GAP", ANY, Condition.NONE, DETECTION_FINDING, 1),
            others("STARTUP", ANY, Condition.NONE, APPLICATION_LIFECYCLE, 3),
            others("SHUTDOWN", ANY, Condition.NONE, APPLICATION_LIFECYCLE, 4),
            others("CREATE", ANY, Condition.NONE, ENTITY_MANAGEMENT, 1),
            others("UPDATE", ANY, Condition.NONE, ENTITY_MANAGEMENT, 3),
            others("DELETE CLEAR", ANY, Condition.NONE, ENTITY_MANAGEMENT, 4),
            others(ANY, ANY, Condition.NONE, ENTITY_MANAGEMENT, OTHER));

    private OcsfMapping() {}

    /** What an entry is. */
    public static OcsfType of(LoggedEntry entry) {
        return RULES.stream()
                .filter(rule -> rule.fits(entry))
                .findFirst()
                .map(Rule::type)
                .orElseThrow(() -> new IllegalStateException("the last two rules fit every entry"));
    }

    /** The table, first rule first. */
    public static List<Rule> rules() {
        return RULES;
    }

    private static Rule people(String operations, int classUid, int activity) {
        return new Rule(PEOPLE, operations, ANY, Condition.NONE, new OcsfType(classUid, activity));
    }

    private static Rule others(String operations, String types, Condition condition, int classUid, int activity) {
        return new Rule(OTHERS, operations, types, condition, new OcsfType(classUid, activity));
    }

    /**
     * One line of the table: words separated by spaces, none of them for any.
     *
     * @param kinds of the entry
     * @param operations of the entry
     * @param resourceTypes of the entry
     */
    public record Rule(String kinds, String operations, String resourceTypes, Condition condition, OcsfType type) {
        boolean fits(LoggedEntry entry) {
            return has(kinds, entry.entry().kind().label())
                    && has(operations, entry.entry().operation())
                    && has(resourceTypes, entry.entry().resourceType())
                    && condition.holds(entry);
        }

        private static boolean has(String words, String word) {
            return words.isEmpty() || List.of(words.split(" ", -1)).contains(word);
        }
    }

    /** What else must hold. */
    public enum Condition {
        /** Nothing. */
        NONE(""),
        OF_A_GROUP("the target is a group"),
        ENABLED("`enabled` became true"),
        DISABLED("`enabled` became false"),
        RESETS_PASSWORD("the path ends in `reset-password`");

        private final String words;

        Condition(String words) {
            this.words = words;
        }

        /** As it is said to people. */
        public String words() {
            return words;
        }

        boolean holds(LoggedEntry entry) {
            return switch (this) {
                case NONE -> true;
                case OF_A_GROUP -> "GROUP".equals(entry.text(Slot.TARGET, "type"));
                case ENABLED -> entry.became("enabled", true);
                case DISABLED -> entry.became("enabled", false);
                case RESETS_PASSWORD -> {
                    String path = entry.text(Slot.TARGET, "path");
                    yield path != null && path.endsWith("/reset-password");
                }
            };
        }
    }
}
