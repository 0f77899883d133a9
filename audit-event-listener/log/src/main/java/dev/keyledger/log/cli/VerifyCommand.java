package dev.keyledger.log.cli;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.bundle.LogSource;
import dev.keyledger.log.checkpoint.Checkpoint;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.checkpoint.WitnessPolicy;
import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonArray;
import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import dev.keyledger.log.note.VerifierKey;
import dev.keyledger.log.verify.Finding;
import dev.keyledger.log.verify.LogVerifier;
import dev.keyledger.log.verify.VerificationReport;
import dev.keyledger.log.verify.VerifyOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code verify}: one line per check, the verdict last. */
final class VerifyCommand {
    private static final int MAX_FILE = 1_000_000;

    private VerifyCommand() {}

    /** Draws its progress on {@code terminal}, if there is one. */
    static ExitCode run(List<String> words, PrintStream out, @Nullable PrintStream terminal)
            throws UsageException, IOException {
        Arguments arguments = Arguments.parse(words, Set.of("--vkey", "--policy", "--since"), Set.of("--json"));
        Path bundle = path(arguments.positional("SOURCE").get(0));
        VerifyOptions options = options(arguments);
        VerificationReport report;
        try (LogSource files = LogSource.open(bundle)) {
            report = verify(files, options, terminal);
        }
        if (arguments.has("--json")) {
            out.println(CanonicalJson.format(json(report)));
        } else {
            report.findings().forEach(finding -> out.println(Printable.line(finding.format())));
            out.println(Printable.line(report.summary()));
        }
        return switch (report.verdict()) {
            case VERIFIED -> ExitCode.VERIFIED;
            case TAMPERED -> ExitCode.TAMPERED;
            case INCOMPLETE -> ExitCode.INCOMPLETE;
        };
    }

    private static VerificationReport verify(LogSource files, VerifyOptions options, @Nullable PrintStream terminal)
            throws IOException {
        if (terminal == null) {
            return LogVerifier.verify(files, options);
        }
        try (ProgressBar bar = new ProgressBar(terminal)) {
            return LogVerifier.verify(files, options, bar);
        }
    }

    static Path path(String text) throws UsageException {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UsageException("not a path: " + FormatException.quote(text));
        }
    }

    private static VerifyOptions options(Arguments arguments) throws UsageException, IOException {
        List<VerifierKey> keys = new ArrayList<>();
        for (String vkey : arguments.all("--vkey")) {
            try {
                keys.add(VerifierKey.parse(vkey));
            } catch (FormatException e) {
                throw new UsageException("--vkey: " + e.getMessage());
            }
        }
        String policy = arguments.one("--policy");
        String since = arguments.one("--since");
        return new VerifyOptions(
                keys,
                policy == null ? null : WitnessPolicy.parse(read(policy)),
                since == null ? null : SignedCheckpoint.parse(read(since)));
    }

    static String read(String file) throws UsageException, IOException {
        try (InputStream in = Files.newInputStream(path(file))) {
            byte[] bytes = in.readNBytes(MAX_FILE + 1);
            if (bytes.length > MAX_FILE) {
                throw new FormatException(FormatException.quote(file) + " has more than " + MAX_FILE + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static JsonObject json(VerificationReport report) {
        Map<String, JsonValue> members = new TreeMap<>();
        members.put("verdict", new JsonString(report.verdict().name()));
        members.put("summary", JsonString.of(report.summary()));
        members.put("entries", JsonNumber.of(report.entries()));
        @Nullable Checkpoint checkpoint = report.checkpoint();
        if (checkpoint != null) {
            members.put("origin", JsonString.of(checkpoint.origin()));
            members.put("size", new JsonString(Long.toString(checkpoint.head().size())));
            members.put("root", new JsonString(checkpoint.head().root().toBase64()));
        }
        List<JsonValue> findings = new ArrayList<>();
        report.findings().forEach(finding -> findings.add(json(finding)));
        members.put("findings", new JsonArray(findings));
        return new JsonObject(members);
    }

    private static JsonObject json(Finding finding) {
        Map<String, JsonValue> members = new TreeMap<>();
        members.put("status", new JsonString(finding.status().name()));
        members.put("check", new JsonString(finding.check()));
        members.put("message", JsonString.of(finding.message()));
        Finding.Span span = finding.span();
        if (span != null) {
            members.put("from", new JsonString(Long.toString(span.from())));
            members.put("to", new JsonString(Long.toString(span.to())));
        }
        return new JsonObject(members);
    }
}
