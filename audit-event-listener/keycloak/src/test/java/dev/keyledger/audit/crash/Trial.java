package dev.keyledger.audit.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The nodes of one trial as seen from outside: what they said before they were killed. */
final class Trial {
    private static final int START_LIMIT = 60;

    private final List<String> command;
    private final Map<String, Set<String>> tried = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> acknowledged = new ConcurrentHashMap<>();
    private final Map<String, Map<Long, String>> signed = new ConcurrentHashMap<>();
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();

    Trial(String url, String user, TrialKeys keys, Path tiles, Path witness) {
        this.command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                TrialNode.class.getName(),
                url,
                user,
                keys.format(),
                tiles.toString(),
                witness.toString());
    }

    /** Starts a node and waits until one of its entries has been acknowledged. */
    Node start() {
        try {
            Process process = new ProcessBuilder(command).start();
            Node node = new Node(process);
            if (!node.works.await(START_LIMIT, TimeUnit.SECONDS)) {
                node.kill();
                throw new IllegalStateException("a node did nothing within a minute: " + complaints);
            }
            return node;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start a node", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a node started", e);
        }
    }

    Set<String> tried(String logId) {
        return tried.getOrDefault(logId, Set.of());
    }

    Set<String> acknowledged(String logId) {
        return acknowledged.getOrDefault(logId, Set.of());
    }

    /** Waits until that many entries of a log have been acknowledged. */
    void awaitAcknowledged(String logId, int count) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_LIMIT);
        while (acknowledged(logId).size() < count) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("got %d entries of log %s acknowledged, want %d: %s"
                        .formatted(acknowledged(logId).size(), logId, count, complaints));
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** The roots by size that were said to be signed. */
    Map<Long, String> signed(String logId) {
        return signed.getOrDefault(logId, Map.of());
    }

    /** What went to standard error, and second roots of a size. */
    Queue<String> complaints() {
        return complaints;
    }

    private void heard(String line) {
        String[] words = line.split(" ", -1);
        switch (words[0]) {
            case "try" ->
                tried.computeIfAbsent(words[1], log -> ConcurrentHashMap.newKeySet())
                        .add(words[2]);
            case "ack" ->
                acknowledged
                        .computeIfAbsent(words[1], log -> ConcurrentHashMap.newKeySet())
                        .add(words[2]);
            case "signed" -> {
                String other = signed.computeIfAbsent(words[1], log -> new ConcurrentHashMap<>())
                        .putIfAbsent(Long.valueOf(words[2]), words[3]);
                if (other != null && !other.equals(words[3])) {
                    complaints.add("size " + words[2] + " of log " + words[1] + " has two roots");
                }
            }
            default -> complaints.add("a node said " + line);
        }
    }

    /** One process. */
    final class Node {
        private final Process process;
        private final CountDownLatch works = new CountDownLatch(1);
        private final Thread hearing;
        private final Thread complaining;

        private Node(Process process) {
            this.process = process;
            this.hearing = new Thread(() -> hear(process));
            this.complaining = new Thread(() -> complain(process));
            hearing.start();
            complaining.start();
        }

        /** SIGKILL; returns when everything that it had said is heard. */
        void kill() throws InterruptedException {
            // by its handle: Process.destroyForcibly would close the streams, with what is still in them
            assertThat(process.toHandle().destroyForcibly()).isTrue();
            process.waitFor();
            hearing.join();
            complaining.join();
            assertThat(process.exitValue()).as("exit code of a killed node").isEqualTo(128 + 9);
        }

        private void hear(Process from) {
            try (BufferedReader lines = from.inputReader(StandardCharsets.UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    // a line that was cut off by the kill was never said
                    if (line.matches("(try|ack) \\S+ [0-9a-f-]{36}|signed \\S+ [0-9]+ \\S{44}")) {
                        heard(line);
                        if (line.startsWith("ack")) {
                            works.countDown();
                        }
                    }
                }
            } catch (IOException e) {
                complaints.add(e.toString());
            }
        }

        private void complain(Process from) {
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(from.getErrorStream(), StandardCharsets.UTF_8))) {
                lines.lines().filter(line -> !line.startsWith("SLF4J")).forEach(complaints::add);
            } catch (IOException | UncheckedIOException e) {
                complaints.add(e.toString());
            }
        }
    }
}
