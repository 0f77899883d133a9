package dev.keyledger.benchmarks.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** {@code ./mvnw -Pbenchmarks -Dload …}: prints the results, and writes them as a Markdown table. */
public final class LoadBenchmark {
    private LoadBenchmark() {}

    /** Runs what the system properties ask for ({@link Settings}). */
    public static void main(String[] args) throws IOException {
        Settings settings = Settings.ofSystemProperties();
        try (Servers servers = new Servers(settings.database())) {
            List<Contest> contests = contests(settings, servers);
            StringBuilder table = new StringBuilder(heading(settings)).append(Table.head());
            for (Contest contest : contests) {
                if (settings.wants(contest.name())) {
                    String line = Table.line(contest.run(settings.rounds(), settings.round()));
                    System.out.print(line);
                    table.append(line);
                    // written after each contest: a run that is stopped leaves what it has
                    write(settings.report(), table.toString());
                }
            }
            System.out.println("written to " + settings.report().toAbsolutePath());
        }
    }

    private static List<Contest> contests(Settings settings, Servers servers) {
        if (settings.contests() == Settings.Kind.RECORDS) {
            return Stream.of(Realms.Hash.values())
                    .flatMap(hash -> Program.records(servers.recorded(hash)).stream())
                    .toList();
        }
        Side ours = servers.keyledger();
        if (settings.contests() == Settings.Kind.SCALE) {
            ours.multiply(settings.users(), settings.members());
            return Program.scale(ours, settings.members());
        }
        new Population(ours).fill(settings.users());
        Side peer = servers.peer();
        new Population(peer).fill(settings.users());
        return Program.peers(ours, peer, settings.members());
    }

    private static String heading(Settings settings) {
        return String.format(
                Locale.ROOT,
                "%s, %,d users; %d pairs of rounds of %.1f s; %d cores, JDK %s%n%n",
                settings.database(),
                settings.users(),
                settings.rounds(),
                settings.round().toMillis() / 1e3,
                Runtime.getRuntime().availableProcessors(),
                Runtime.version());
    }

    private static void write(Path report, String text) throws IOException {
        Files.createDirectories(report.toAbsolutePath().getParent());
        Files.writeString(report, text, StandardCharsets.UTF_8);
    }
}
