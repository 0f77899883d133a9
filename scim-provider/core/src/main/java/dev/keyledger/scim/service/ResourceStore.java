package dev.keyledger.scim.service;

import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.patch.MembershipDelta;
import dev.keyledger.scim.resource.Change;
import dev.keyledger.scim.resource.Json;
import dev.keyledger.scim.resource.Resource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the resources of one type are kept: the port that the service calls and whose other side is not the protocol's
 * business. All calls of one request belong to one transaction, which commits or rolls back after the service returns or
 * throws; until then nothing is durable.
 *
 * <p>Resources that come in are valid, normalised (the schema's spelling, no unassigned values) and complete; resources that
 * go out carry {@code id}, {@code meta} with type and times, and every attribute that the projection includes; never a
 * password. A store may set {@code meta.version}; then it must change whenever the resource does. Otherwise the version is
 * computed from the content. {@code schemas} and {@code meta.location} are set by the service.
 *
 * <p>A store refuses with {@link ScimException}: {@code uniqueness}, {@code invalidValue}, {@code invalidFilter} for what it
 * cannot search, {@code mutability} for what cannot be changed here.
 */
public interface ResourceStore {
    /** Creates the resource (which has no id yet; a group's has its {@code members}) and returns it as it is now. */
    Resource create(Resource resource);

    /**
     * The id of the resource that is there already and that this new one is to become, instead of being created; empty, as
     * ever, if it is to be created. Throws 403 for one that the client may not change.
     */
    default Optional<String> takesOver(Resource wanted) {
        return Optional.empty();
    }

    /** The resource of that id, or empty if there is none that this client may see. */
    Optional<Resource> find(String id, Lookup lookup);

    /** One page of the resources that match, and their number; the order is stable from page to page. */
    SearchResult search(Query query);

    /** Applies the update and returns the resource as it is now; of a group without its members. */
    Resource update(Update update);

    /** Of a resource that is to be replaced, what stays unless the client names it, because others than clients may have set it. */
    default Resource leftByReplace(Resource found) {
        return Resource.of(Json.object());
    }

    /**
     * Changes who is in a group and nothing else of it. The group was not found before, and is not read as a whole: what comes
     * back has no times and no version. Throws 404 if there is none.
     */
    default Resource updateMembers(String id, MembershipDelta delta) {
        throw new IllegalStateException("these resources have no members");
    }

    /**
     * Whether the resource has so many members, or with that many more would have, that nobody should be sent them unasked;
     * asking costs the same however many.
     */
    default boolean isLarge(String id, int more) {
        return false;
    }

    /** Deletes the resource, which was found before in the same transaction. */
    void delete(Resource resource);

    /**
     * A change of one resource.
     *
     * @param id      whose
     * @param before  how it was found (of a group: without its members)
     * @param after   how it is to be; an attribute that it lacks is to be unassigned, but a writeOnly one that it lacks stays
     * @param change  the difference of the two
     * @param members what becomes of a group's members; null for a type that has none
     */
    record Update(
            String id,
            Resource before,
            Resource after,
            Change change,
            @Nullable MembershipDelta members) {}
}
