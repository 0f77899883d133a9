package dev.keyledger.scim.keycloak.endpoint;

/**
 * The user behind the token, under another name: answers as {@code /Users/{id}} does, by the same rights. RFC 7644 section 3.11.
 *
 * <p>Of a client's own token that is the client's service account, which can be read here and not changed.
 */
final class MeEndpoint implements Endpoint {
    static final String NAME = "Me";

    private final ResourceTypeEndpoint users;
    private final String id;

    MeEndpoint(ResourceTypeEndpoint users, String id) {
        this.users = users;
        this.id = id;
    }

    @Override
    public String allowed(ScimPath path) {
        if (path.length() > 1) {
            throw Endpoint.unknown(path);
        }
        return users.allowed(permanent());
    }

    @Override
    public Reply handle(ScimRequest request) {
        return users.handle(request.at(permanent()));
    }

    private ScimPath permanent() {
        return ScimPath.parse("v2/Users/" + id);
    }
}
