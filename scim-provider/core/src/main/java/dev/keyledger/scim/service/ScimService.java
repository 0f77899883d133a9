package dev.keyledger.scim.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.message.Cursors;
import dev.keyledger.scim.message.ListResponse;
import dev.keyledger.scim.message.SearchRequest;
import dev.keyledger.scim.patch.MembershipDelta;
import dev.keyledger.scim.patch.MembershipPatch;
import dev.keyledger.scim.patch.PatchApplier;
import dev.keyledger.scim.patch.PatchRequest;
import dev.keyledger.scim.project.Projection;
import dev.keyledger.scim.resource.Change;
import dev.keyledger.scim.resource.Json;
import dev.keyledger.scim.resource.Meta;
import dev.keyledger.scim.resource.Resource;
import dev.keyledger.scim.resource.Version;
import dev.keyledger.scim.schema.AttributeDefinition;
import dev.keyledger.scim.schema.ResourceType;
import dev.keyledger.scim.schema.Returned;
import dev.keyledger.scim.service.ResourceStore.Update;
import dev.keyledger.scim.validate.ResourceValidator;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The requests of RFC 7644 section 3 to the resources of one type: checks, decides, calls the store, and says what came of it.
 *
 * <p>Holds no state and begins no transaction. Every fault is a {@link ScimException}; whoever started the transaction rolls it
 * back, and nothing happened.
 */
public final class ScimService {
    private static final String ACTIVE = "active";
    private static final String MEMBERS = MembershipDelta.ATTRIBUTE;

    private final ResourceType type;
    private final ResourceStore store;
    private final String baseUri;
    private final int maxResults;
    private final Supplier<Cursors> cursors;
    private final ResourceValidator validator;
    private final boolean hasMembers;

    /**
     * A service of the store's resources.
     *
     * @param type       their type
     * @param store      where they are
     * @param baseUri    the absolute base URI without a trailing slash, for example {@code https://host/realms/acme/scim/v2}
     * @param maxResults the most resources in one page, also the default
     * @param cursors    what names pages that are asked for by cursor; not asked for by other requests
     */
    public ScimService(
            ResourceType type, ResourceStore store, String baseUri, int maxResults, Supplier<Cursors> cursors) {
        this.type = type;
        this.store = store;
        this.baseUri = baseUri;
        this.maxResults = maxResults;
        this.cursors = cursors;
        this.validator = new ResourceValidator(type);
        this.hasMembers = type.schema()
                .attribute(MEMBERS)
                .filter(members -> members.isComplex() && members.multiValued())
                .isPresent();
    }

    /** POST to the endpoint: 201. RFC 7644 section 3.3. */
    public Outcome create(ObjectNode sent, RequestOptions options) {
        ObjectNode body = validator.unfolded(sent);
        Resource wanted = validator.toCreate(body);
        validator.requireFewValues(wanted.without(MEMBERS), null);
        Optional<String> there = store.takesOver(wanted);
        if (there.isPresent()) {
            return takeOver(there.get(), wanted, body, options);
        }
        MembershipDelta members =
                hasMembers ? MembershipDelta.adding(MembershipPatch.members(wanted.get(MEMBERS))) : null;
        Resource created = complete(store.create(wanted));
        Change change = Change.between(type, null, withSecretsOf(wanted, created.without(MEMBERS)));
        return outcome(201, created, shown(created, options), change, members);
    }

    /** The resource that was there becomes the one that was sent, and is answered as one that was created. */
    private Outcome takeOver(String id, Resource wanted, ObjectNode body, RequestOptions options) {
        ObjectNode whole = body.deepCopy();
        JsonNode active = wanted.get(ACTIVE);
        if (active != null && Json.get(body, ACTIVE) == null) {
            // a new user is active unless the client says otherwise, a replaced one stays as he is
            whole.set(ACTIVE, active);
        }
        Outcome replaced =
                replace(id, whole, new RequestOptions(options.attributes(), options.excludedAttributes(), null, null));
        return new Outcome(
                201,
                replaced.resource(),
                replaced.body(),
                replaced.version(),
                replaced.location(),
                replaced.change(),
                replaced.members());
    }

    /** GET of a resource: 200, or 304 if {@code If-None-Match} names its version. RFC 7644 section 3.4.1. */
    public Outcome get(String id, RequestOptions options) {
        Projection projection = projection(options);
        Resource found = complete(find(id, readable(projection), false));
        boolean known = options.ifNoneMatch() != null && found.version().isNamedBy(options.ifNoneMatch());
        return outcome(known ? 304 : 200, found, known ? null : projection.apply(found), Change.none(), null);
    }

    /** GET of the endpoint, or POST to its {@code /.search}. RFC 7644 sections 3.4.2 and 3.4.3. */
    public ListResponse search(SearchRequest request) {
        Projection projection = Projection.of(type, request.attributes(), request.excludedAttributes());
        boolean needsVersion = projection.includes("meta.version");
        Search search =
                new Search(type, request, needsVersion ? readable(projection) : projection, maxResults, cursors);
        SearchResult result = store.search(search.query());
        if (result.resources().isEmpty() && search.isBackwards()) {
            return search(request.forFirstPage());
        }
        List<ObjectNode> page = result.resources().stream()
                .map(resource -> projection.apply(complete(resource)))
                .toList();
        return search.response(result, page);
    }

    /** The type of the resources. */
    ResourceType type() {
        return type;
    }

    /** One page of the resources, complete. */
    SearchResult page(Query query) {
        SearchResult found = store.search(query);
        return new SearchResult(found.resources().stream().map(this::complete).toList(), found.totalResults());
    }

    /** PUT: 200. RFC 7644 section 3.5.1. */
    public Outcome replace(String id, ObjectNode sent, RequestOptions options) {
        ObjectNode body = validator.unfolded(sent);
        Resource before = find(id, Projection.everything(type, MEMBERS), true);
        requireVersion(before, options);
        Resource wanted = validator.toReplace(body, before, store.leftByReplace(before));
        MembershipDelta members =
                hasMembers ? MembershipDelta.exactly(MembershipPatch.members(wanted.get(MEMBERS))) : null;
        Resource after = hasMembers ? wanted.without(MEMBERS) : wanted;
        validator.requireFewValues(after, before);
        return update(new Update(id, before, after, Change.between(type, before, after), members), options, false);
    }

    /** PATCH: 200, or 204 for a large group unless the client said what to show of it. RFC 7644 section 3.5.2. */
    public Outcome patch(String id, ObjectNode body, RequestOptions options) {
        PatchRequest request = PatchRequest.parse(body, type);
        Optional<MembershipPatch> split = hasMembers
                ? MembershipPatch.split(request)
                : Optional.of(new MembershipPatch(MembershipDelta.none(), request));
        if (hasMembers && split.isPresent() && split.get().isOfMembersAlone() && options.isUnconditional()) {
            return patchMembers(id, split.get().delta(), options);
        }
        boolean loaded = split.isEmpty();
        Resource before = find(id, loaded ? Projection.everything(type) : Projection.everything(type, MEMBERS), true);
        requireVersion(before, options);
        Resource after = new PatchApplier(type)
                .apply(before, split.map(MembershipPatch::rest).orElse(request));
        MembershipDelta delta = split.map(MembershipPatch::delta).orElse(null);
        if (delta == null) {
            delta = MembershipPatch.between(before, after);
        }
        Resource from = hasMembers ? before.without(MEMBERS) : before;
        Resource to = hasMembers ? after.without(MEMBERS) : after;
        validator.requireFewValues(to, from);
        Change change = Change.between(type, from, to);
        return update(new Update(id, from, to, change, hasMembers ? delta : null), options, true);
    }

    /** What only an answer with a body would show is not read: clients add and remove members one by one. */
    private Outcome patchMembers(String id, MembershipDelta delta, RequestOptions options) {
        boolean silent = isSilent(id, delta, options);
        Resource known = store.updateMembers(id, delta);
        if (silent) {
            return new Outcome(204, known, null, null, location(known), Change.none(), delta);
        }
        Resource whole = complete(find(id, readable(projection(options)), false));
        return outcome(200, whole, shown(whole, options), Change.none(), delta);
    }

    /** Whether a PATCH is answered without the group, because it is large and the client did not say what to show of it. */
    private boolean isSilent(String id, MembershipDelta delta, RequestOptions options) {
        return projection(options).includes(MEMBERS)
                && options.attributes().isEmpty()
                && store.isLarge(id, delta.added().size());
    }

    /** DELETE: 204. RFC 7644 section 3.6. */
    public Outcome delete(String id, RequestOptions options) {
        Resource before = find(id, Projection.everything(type, MEMBERS), true);
        requireVersion(before, options);
        store.delete(before);
        Resource gone = complete(before);
        return new Outcome(204, gone, null, null, location(gone), Change.between(type, gone, null), null);
    }

    /** The store is left alone where nothing changes, so that {@code lastModified} and the version stay. */
    private Outcome update(Update update, RequestOptions options, boolean patch) {
        MembershipDelta members = update.members();
        boolean effect = !update.change().isEmpty() || (members != null && !members.isEmpty());
        Resource after = complete(effect ? store.update(update) : update.before());
        if (patch && members != null && isSilent(update.id(), MembershipDelta.none(), options)) {
            return outcome(204, after, null, update.change(), members);
        }
        boolean wantsMembers = hasMembers && projection(options).includes(MEMBERS);
        Resource whole = wantsMembers ? complete(find(update.id(), readable(projection(options)), false)) : after;
        return outcome(200, whole, shown(whole, options), update.change(), members);
    }

    private Resource find(String id, Projection projection, boolean toChange) {
        return store.find(id, new Lookup(projection, toChange))
                .orElseThrow(() -> ScimException.notFound(type.name() + ' ' + ScimException.quoted(id) + " not found"));
    }

    /** Versions are computed from the whole content, so only members, which never count, may be left out when reading. */
    private Projection readable(Projection projection) {
        return hasMembers && !projection.includes(MEMBERS)
                ? Projection.everything(type, MEMBERS)
                : Projection.everything(type);
    }

    private void requireVersion(Resource before, RequestOptions options) {
        Version version = versionOf(before);
        if (options.ifMatch() != null && !version.isNamedBy(options.ifMatch())) {
            throw ScimException.preconditionFailed(
                    "the resource's version is " + version + ", not the one in If-Match");
        }
        if (options.ifNoneMatch() != null && version.isNamedBy(options.ifNoneMatch())) {
            throw ScimException.preconditionFailed("the resource's version is the one in If-None-Match");
        }
    }

    private Resource complete(Resource stored) {
        Meta meta = stored.meta().orElse(Meta.of(type.name(), null, null));
        Resource resource = validator.withSchemas(stored.view());
        return resource.with(
                "meta", meta.with(location(stored), versionOf(stored)).toJson());
    }

    private Version versionOf(Resource stored) {
        Version given = stored.meta().map(Meta::version).orElse(null);
        return given != null
                ? given
                : Version.of(validator.withSchemas(stored.without(MEMBERS).view()));
    }

    private String location(Resource resource) {
        String id = resource.id().orElseThrow(() -> new IllegalStateException("a stored " + type + " has no id"));
        return baseUri
                + type.endpoint()
                + '/'
                + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The store never gives a password back; that one was set has to show in the change. */
    private Resource withSecretsOf(Resource wanted, Resource created) {
        Resource resource = created;
        for (AttributeDefinition attribute : type.attributes()) {
            if (attribute.returned() == Returned.NEVER && wanted.get(attribute.name()) != null) {
                resource = resource.with(attribute.name(), wanted.view().get(attribute.name()));
            }
        }
        return resource;
    }

    private Projection projection(RequestOptions options) {
        return Projection.of(type, options.attributes(), options.excludedAttributes());
    }

    private ObjectNode shown(Resource resource, RequestOptions options) {
        return projection(options).apply(resource);
    }

    private Outcome outcome(
            int status,
            Resource resource,
            @Nullable ObjectNode body,
            Change change,
            @Nullable MembershipDelta members) {
        return new Outcome(status, resource, body, resource.version(), location(resource), change, members);
    }
}
