package dev.keyledger.scim.keycloak.user;

import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.keycloak.connection.Sight;
import jakarta.persistence.EntityManager;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.keycloak.models.jpa.entities.GroupEntity;

/** Finds groups and all that are below them, one statement for each level. */
final class GroupTree {
    /** As many as one statement can name. */
    private static final int MAX = 30_000;

    private final EntityManager entities;
    private final String realmId;
    private final Sight sight;

    GroupTree(EntityManager entities, String realmId, Sight sight) {
        this.sight = sight;
        this.entities = entities;
        this.realmId = realmId;
    }

    /** Which groups there are. */
    Sight sight() {
        return sight;
    }

    /** The ids of the realm's groups that match, and of all groups in them. Throws {@code tooMany} past {@value #MAX}. */
    Set<String> matching(Function<Root<GroupEntity>, Predicate> condition) {
        Set<String> all = new LinkedHashSet<>(select(condition));
        addBelow(all, all);
        return all;
    }

    /** The ids of the groups in groups that match. Throws {@code tooMany} past {@value #MAX}. */
    Set<String> below(Function<Root<GroupEntity>, Predicate> condition) {
        Set<String> all = new LinkedHashSet<>();
        addBelow(select(condition), all);
        return all;
    }

    private void addBelow(Collection<String> groups, Set<String> all) {
        Collection<String> level = groups;
        while (!level.isEmpty()) {
            if (Math.max(level.size(), all.size()) > MAX) {
                throw ScimException.tooMany("more than " + MAX + " groups match; ask for fewer");
            }
            Collection<String> parents = level;
            List<String> below = select(group -> group.get("parentId").in(parents));
            level = below.stream().filter(all::add).toList();
        }
    }

    /** The ids of the realm's groups that match. */
    List<String> select(Function<Root<GroupEntity>, Predicate> condition) {
        CriteriaBuilder builder = entities.getCriteriaBuilder();
        CriteriaQuery<String> query = builder.createQuery(String.class);
        Root<GroupEntity> group = query.from(GroupEntity.class);
        Predicate[] there = sight.groups(builder, query, group.get("id")).toArray(Predicate[]::new);
        query.select(group.get("id"))
                .where(
                        builder.and(there),
                        builder.equal(group.get("realm"), realmId),
                        builder.equal(group.get("type"), sight.groupType().intValue()),
                        condition.apply(group));
        return entities.createQuery(query).getResultList();
    }
}
