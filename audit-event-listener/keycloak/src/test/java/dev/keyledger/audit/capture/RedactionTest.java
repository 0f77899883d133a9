package dev.keyledger.audit.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.log.json.JsonArray;
import dev.keyledger.log.json.JsonLiteral;
import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every name of the deny-list, and the names beside them that are not secret. */
class RedactionTest {
    private static final JsonValue TEXT = new JsonString("hunter2");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "Password",
                "userPassword",
                "newPassword",
                "smtpServer.password",
                "keystorePassword",
                "keyPassword",
                "config.bindCredential",
                "credential",
                "credentials",
                "credentials[0].value",
                "credentials.password 6f1c",
                "secretData",
                "credentialData",
                "secret",
                "config.secret",
                "secret.bindCredential",
                "config.clientSecret",
                "client_secret",
                "smtpServer.authTokenClientSecret",
                "attributes.client.secret.rotated",
                "config.privateKey",
                "attributes.saml.signing.private.key",
                "attributes.saml.encryption.private.key",
                "attributes.jwt.credential.private.key",
                "config.secretKey",
                "config.signingKey",
                "config.encryptionKey",
                "config.p8Key",
                "config.apiKey",
                "api_key",
                "api-key",
                "passphrase",
                "passwd",
                "pwd",
                "otp",
                "totp",
                "attributes.otp",
                "recoveryCodes",
                "backup_codes",
                "registrationAccessToken",
                "access_token",
                "refresh_token",
                "id_token",
                "code",
                "details.code",
                "assertion",
                "client_assertion",
                "cookie",
                "Authorization",
                "pin",
                "salt",
                "seed",
                "hashedIterations",
            })
    void hides(String path) {
        assertThat(Redaction.redact(path, TEXT)).isEqualTo(Redaction.HIDDEN);
        assertThat(Redaction.redact(path, new JsonArray(List.of(TEXT)))).isEqualTo(Redaction.HIDDEN);
        assertThat(Redaction.redact(path, JsonNumber.of(123_456))).isEqualTo(Redaction.HIDDEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "username",
                "email",
                "credentialTypes",
                "credential_type",
                "code_id",
                "token_id",
                "refresh_token_id",
                "passwordPolicy",
                "otpPolicyType",
                "clientAuthenticatorType",
                "attributes.access.token.lifespan",
                "attributes.id.token.signed.response.alg",
                "attributes.oauth2.device.authorization.grant.interval",
                "attributes.tls.client.certificate.bound.access.tokens",
                "attributes.saml.signing.certificate",
                "smtpServer.authTokenUrl",
                "accessCodeLifespan",
                "addresses[work].postalCode",
                "config.publicKeySignatureVerifier",
                "roles",
                "response_type",
            })
    void shows(String path) {
        assertThat(Redaction.redact(path, TEXT)).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"revokeRefreshToken", "attributes.client_credentials.use_refresh_token", "secret", "totp"})
    void showsFlagsWhateverTheirName(String path) {
        for (JsonValue flag :
                List.of(JsonLiteral.TRUE, JsonLiteral.FALSE, new JsonString("true"), new JsonString("false"))) {
            assertThat(Redaction.redact(path, flag)).isEqualTo(flag);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-----BEGIN PRIVATE KEY-----\nMC4CAQ",
                "-----BEGIN RSA PRIVATE KEY-----\nMIIE",
                "text before -----BEGIN EC PRIVATE KEY-----",
                "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"d\":\"nWGx\"}",
                "{\"d\":\"nWGx\",\"kty\":\"OKP\"}",
                "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl",
                "eyJhbGciOiJSU0EtT0FFUCJ9.OKOawDo13gRp2ojaHV7LFpZcgV7T6DVZKTyKOMTYUmKoTCVJRgckCL9kiMT03JGe.48V1.5eym.XFBo",
            })
    void hidesWhatLooksLikeAKeyOrATokenUnderAnyName(String text) {
        assertThat(Redaction.redact("note", new JsonString(text))).isEqualTo(Redaction.HIDDEN);
        assertThat(Redaction.redact("notes", new JsonArray(List.of(new JsonString("a"), new JsonString(text)))))
                .isEqualTo(Redaction.HIDDEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-----BEGIN CERTIFICATE-----\nMIIC",
                "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qY\"}",
                "eyJ is how a token begins",
                "a.b.c",
            })
    void showsWhatOnlyResemblesOne(String text) {
        assertThat(Redaction.redact("note", new JsonString(text))).isEqualTo(new JsonString(text));
    }

    @Test
    void showsWhereTheVaultKeepsASecret() {
        JsonValue reference = new JsonString("${vault.hub_secret}");

        assertThat(Redaction.redact("config.clientSecret", reference)).isEqualTo(reference);
        assertThat(Redaction.redact("config.bindCredential", new JsonArray(List.of(reference))))
                .isEqualTo(new JsonArray(List.of(reference)));
        assertThat(Redaction.redact("config.clientSecret", new JsonString("${vault.hub} and more")))
                .isEqualTo(Redaction.HIDDEN);
    }

    @Test
    void hidesAWholeListForOneSecretInIt() {
        assertThat(Redaction.redact("values", new JsonArray(List.of()))).isEqualTo(new JsonArray(List.of()));
        assertThat(Redaction.redact("secrets", new JsonArray(List.of(TEXT, TEXT))))
                .isEqualTo(Redaction.HIDDEN);
    }
}
