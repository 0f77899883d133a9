package dev.keyledger.e2e.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A User with every attribute that a client may write, multi-valued ones with several values, some of them longer than Keycloak
 * lets an attribute be, in the schemas' order.
 */
final class FullUser {

    private static final String JSON = """
            {
              "schemas": [
                "urn:ietf:params:scim:schemas:core:2.0:User",
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
              ],
              "name": {
                "formatted": "Ms. Bárbara J Jensen, III",
                "familyName": "Jensen",
                "givenName": "Bárbara",
                "middleName": "Jane",
                "honorificPrefix": "Ms.",
                "honorificSuffix": "III"
              },
              "displayName": "Babs \\"Quote\\" Jensen \\\\ 日本",
              "nickName": "Babs",
              "profileUrl": "https://login.example.com/bjensen?a=1&b=2",
              "title": "Tour Guide",
              "userType": "Employee",
              "preferredLanguage": "en-US, en;q=0.9",
              "locale": "en-US",
              "timezone": "America/Los_Angeles",
              "active": false,
              "emails": [
                {"value": "babs@jensen.org", "type": "home", "display": "At home"},
                {"value": "REPLACED", "type": "work", "primary": true},
                {"value": "third@Example.org", "type": "other", "primary": false}
              ],
              "phoneNumbers": [
                {"value": "555-555-5555", "type": "work", "primary": true},
                {"value": "555-555-4444", "type": "mobile", "display": "%_!"}
              ],
              "ims": [
                {"value": "someaimhandle", "type": "aim"},
                {"value": "otherHandle", "type": "xmpp", "primary": true}
              ],
              "photos": [
                {"value": "https://photos.example.com/profilephoto/72930000000Ccne/F", "type": "photo"},
                {"value": "https://photos.example.com/profilephoto/72930000000Ccne/T", "type": "thumbnail"}
              ],
              "addresses": [
                {
                  "formatted": "100 Universal City Plaza\\nHollywood, CA 91608 USA",
                  "streetAddress": "100 Universal City Plaza",
                  "locality": "Hollywood",
                  "region": "CA",
                  "postalCode": "91608",
                  "country": "US",
                  "type": "work",
                  "primary": true
                },
                {"streetAddress": "456 Hollywood Blvd", "locality": "Hollywood", "type": "home"}
              ],
              "entitlements": [
                {"value": "license-a", "display": "License A", "type": "license", "primary": true},
                {"value": "license-b"}
              ],
              "roles": [
                {"value": "Admin", "display": "Administrator", "type": "app", "primary": true},
                {"value": "Auditor", "type": "app"}
              ],
              "x509Certificates": [
                {"value": "MIIDQzCCAqygAwIBAgICEAAwDQYJKoZIhvcNAQEFBQAwTjELMAkGA1UEBhMCVVMx"},
                {"value": "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A", "display": "Second"}
              ],
              "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {
                "employeeNumber": "701984",
                "costCenter": "4130",
                "organization": "Universal Studios",
                "division": "Theme Park",
                "department": "Tour Operations",
                "manager": {"value": "26118915-6090-4610-87e4-49d8ca9f808d", "$ref": "../Users/26118915"}
              }
            }
            """;

    private FullUser() {}

    /** The user of that name; its external id and its work address follow from the name. */
    static ObjectNode named(String userName) {
        ObjectNode user = ScimClient.json(JSON);
        user.put("userName", userName).put("externalId", "ext-" + userName);
        ((ObjectNode) user.at("/emails/1")).put("value", userName.replace("@", ".") + "@Example.com");
        user.withArray("photos")
                .addObject()
                .put("value", "data:image/png;base64," + "iVBORw0KGgo/".repeat(500))
                .put("type", "photo")
                .put("primary", true);
        user.withArray("x509Certificates").addObject().put("value", "MIIFazCCA1OgAwIBAgIR".repeat(110));
        return user;
    }
}
