package dev.keyledger.scim.keycloak.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import org.keycloak.representations.userprofile.config.UPConfig;
import org.keycloak.userprofile.DeclarativeUserProfileProvider;
import org.keycloak.util.JsonSerialization;

/** Schemas of realms that exist in tests only. */
public final class Profiles {
    private Profiles() {}

    /** Of a realm whose user profile is Keycloak's default. */
    public static RealmSchema untouched() {
        return new ProfileCompiler(defaultProfile(), new AddressRules(true, false), Map.of()).compile();
    }

    /** Of a realm with the default profile whose users may share addresses, or are named by them. */
    static RealmSchema withAddresses(boolean unique, boolean userName) {
        return new ProfileCompiler(defaultProfile(), new AddressRules(unique, userName), Map.of()).compile();
    }

    /** Of a realm whose user profile is the default one and these attributes, objects of JSON with single quotation marks. */
    public static RealmSchema with(String... attributes) {
        return with(defaultProfile(), attributes);
    }

    /** Of a realm with that policy for unmanaged attributes and these managed ones. */
    public static RealmSchema with(UPConfig.UnmanagedAttributePolicy policy, String... attributes) {
        UPConfig profile = defaultProfile();
        profile.setUnmanagedAttributePolicy(policy);
        return with(profile, attributes);
    }

    private static RealmSchema with(UPConfig profile, String... attributes) {
        for (String attribute : attributes) {
            String json = "{\"attributes\":[" + attribute.replace('\'', '"') + "]}";
            try {
                profile.getAttributes()
                        .addAll(JsonSerialization.readValue(json, UPConfig.class)
                                .getAttributes());
            } catch (IOException e) {
                throw new UncheckedIOException(json, e);
            }
        }
        return new ProfileCompiler(profile, new AddressRules(true, false), Map.of()).compile();
    }

    private static UPConfig defaultProfile() {
        String name = "config/keycloak-default-user-profile.json";
        try (InputStream json = DeclarativeUserProfileProvider.class.getResourceAsStream(name)) {
            return JsonSerialization.readValue(Objects.requireNonNull(json, name), UPConfig.class);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
