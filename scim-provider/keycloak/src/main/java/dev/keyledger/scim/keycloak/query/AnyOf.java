package dev.keyledger.scim.keycloak.query;

import java.util.Collection;
import java.util.List;

/**
 * A comparison with some ids, in a query with the parameter {@value #PARAMETER}. With a single id it is an equality: Hibernate
 * keeps the SQL that it makes of one, and makes that of a list anew in each execution, which takes longer than the statement.
 *
 * @param ids one at least
 */
public record AnyOf(List<String> ids) {
    /** The name of the query's parameter. */
    public static final String PARAMETER = "ids";

    public static AnyOf of(Collection<String> ids) {
        return new AnyOf(List.copyOf(ids));
    }

    /** The condition that {@code path} is one of the ids. */
    public String is(String path) {
        return path + (ids.size() == 1 ? " = :" : " in :") + PARAMETER;
    }

    /** What the parameter is set to. */
    public Object value() {
        return ids.size() == 1 ? ids.get(0) : ids;
    }
}
