package dev.keyledger.scim.keycloak.query;

import dev.keyledger.scim.path.AttributePath;

/** Where one kind of resource keeps its attributes in the database, for a query over it. */
public interface SearchableFields extends Searchable {
    /** What to order by for that path; throws {@code invalidValue} if there is nothing to order by. */
    SortKey sortKey(AttributePath path);
}
