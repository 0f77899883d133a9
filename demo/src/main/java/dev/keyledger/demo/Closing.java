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
        out.println();
        out.println("Console   " + base + "/admin/master/console/#/acme/audit-log");
        out.println("          log in as " + DistLauncher.ADMIN + ", password " + DistLauncher.ADMIN_PASSWORD);
        out.println();
        out.println("SCIM      " + base + "/realms/acme/scim/v2");
        out.println("    curl -fsS -H \"Authorization: Bearer $(cat " + scimToken + ")\" '" + base
                + "/realms/acme/scim/v2/Users?count=3&sortBy=userName'");
        out.println();
        out.println("Log       " + entries(status) + " entries; its checkpoint:");
        status.get("checkpoint").asText().lines().forEach(line -> out.println("    " + line));
        out.println();
        out.println("Export the log and verify it offline:");
        out.println("    curl -fsS -H \"Authorization: Bearer $(cat " + auditToken + ")\" -o " + relative(bundle) + " "
                + base
                + "/admin/realms/acme/audit-log/bundle && java -jar " + relative(jar) + " verify " + relative(bundle)
                + " --vkey '" + status.get("vkey").asText() + "'");
        out.println();
        out.println("The tokens in these files are good for a day; the demo writes new ones whenever it runs.");
        if (!settings.exit()) {
            out.println("Keycloak stays up until Ctrl-C. The next run goes on from here; -Ddemo.reset starts afresh.");
        }
        out.flush();
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
