package dev.keyledger.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.DistLauncher;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** What is printed when the day is over. Every command in it can be copied and run in the repository's root. */
final class Closing {

    /** What {@code access.token.lifespan} of the realm's clients says; a realm's sessions end then at the latest. */
    private static final int TOKEN_HOURS = 10;

    private static final String INDENT = "          ";

    private final Settings settings;
    private final AdminClient admin;
    private final PrintStream out;

    Closing(Settings settings, AdminClient admin, PrintStream out) {
        this.settings = settings;
        this.admin = admin;
        this.out = out;
    }

    void print(int requests) throws IOException {
        JsonNode status = admin.auditLog(Demo.REALM).awaitSealed();
        String base = "http://localhost:" + settings.port();
        Path scimToken = token("okta");
        Path auditToken = token("auditor");
        Path jar = Path.of(System.getProperty("keyledger.jar", "")).toAbsolutePath();
        Path bundle = work().resolve("acme.keyledger.zip");
        out.println();
        out.printf("The day is over: %d requests, %d entries in Acme's log, all signed.%n", requests, entries(status));
        section("Console", base + "/admin/master/console/#/acme/audit-log");
        line("log in as " + DistLauncher.ADMIN + ", password " + DistLauncher.ADMIN_PASSWORD);
        section("SCIM", base + "/realms/acme/scim/v2");
        line("curl -fsS " + bearer(scimToken) + " '" + base + "/realms/acme/scim/v2/Users?count=3&sortBy=userName'");
        section("Log", entries(status) + " entries, under this signed checkpoint:");
        status.get("checkpoint").asText().lines().forEach(this::line);
        section("Export", "the log as it is now, with the auditor's token:");
        line("curl -fsS " + bearer(auditToken) + " -o " + relative(bundle) + " " + base
                + "/admin/realms/acme/audit-log/bundle");
        section("Verify", "that file offline; the last line is VERIFIED:");
        line("java -jar " + relative(jar) + " verify " + relative(bundle) + " --vkey '"
                + status.get("vkey").asText() + "'");
        section("Tokens", "the files hold tokens for " + TOKEN_HOURS + " hours; a new one, for okta or for auditor:");
        line("curl -fsS -d 'grant_type=client_credentials&client_id=okta&client_secret=okta-secret' " + base
                + "/realms/acme/protocol/openid-connect/token | sed 's/.*\"access_token\":\"\\([^\"]*\\).*/\\1/' > "
                + scimToken);
        if (!settings.exit()) {
            out.println();
            out.println("Keycloak stays up until Ctrl-C. The next run goes on from here; -Ddemo.reset starts afresh.");
        }
        out.flush();
    }

    private void section(String name, String text) {
        out.println();
        out.printf("%-10s%s%n", name, text);
    }

    private void line(String text) {
        out.println((INDENT + text).stripTrailing());
    }

    private static String bearer(Path token) {
        return "-H \"Authorization: Bearer $(cat " + token + ")\"";
    }

    private static long entries(JsonNode status) {
        return status.get("signedSize").asLong();
    }

    /** Writes a token to a file that only its owner can read; answers the file's path from the root. */
    private Path token(String clientId) throws IOException {
        Path file = work().resolve(clientId + ".token");
        Files.deleteIfExists(file);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(file, admin.serviceAccountToken(Demo.REALM, clientId, clientId + "-secret"));
        return relative(file);
    }

    private Path work() {
        return Path.of(System.getProperty("keyledger.work", "target"))
                .resolve(settings.name())
                .toAbsolutePath();
    }

    private Path relative(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        return absolute.startsWith(settings.root()) ? settings.root().relativize(absolute) : absolute;
    }
}
