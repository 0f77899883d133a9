package dev.keyledger.e2e.sink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A real rsyslogd that receives over TLS and writes each message's structured data and text to a file. */
final class Rsyslog implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/rsyslogd");
    private static final List<Path> DRIVERS = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/rsyslog/lmnsd_ossl.so"),
            Path.of("/usr/lib/aarch64-linux-gnu/rsyslog/lmnsd_ossl.so"));

    private final Process process;
    private final Path file;

    /** What it lacks to be started; empty when nothing. */
    static Optional<String> lacks() {
        if (!Files.isExecutable(PROGRAM)) {
            return Optional.of("rsyslogd is not installed");
        }
        return DRIVERS.stream().anyMatch(Files::exists)
                ? Optional.empty()
                : Optional.of("rsyslog's OpenSSL driver (rsyslog-openssl) is not installed");
    }

    Rsyslog(Path folder, int port, Certificate certificate) throws IOException {
        file = folder.resolve("received");
        Path configuration = Files.writeString(folder.resolve("rsyslog.conf"), """
                global(workDirectory="%1$s" maxMessageSize="64k"
                  defaultNetstreamDriver="ossl" defaultNetstreamDriverCAFile="%2$s"
                  defaultNetstreamDriverCertFile="%2$s" defaultNetstreamDriverKeyFile="%3$s")
                module(load="imtcp" streamDriver.name="ossl" streamDriver.mode="1" streamDriver.authMode="anon")
                template(name="received" type="string" string="%%msgid%% %%structured-data%% %%msg%%\\n")
                input(type="imtcp" port="%4$d")
                *.* action(type="omfile" file="%5$s" template="received")
                """.formatted(
                        folder, certificate.pem(), certificate.key(), port, file));
        process = new ProcessBuilder(
                        PROGRAM.toString(),
                        "-n",
                        "-f",
                        configuration.toString(),
                        "-i",
                        folder.resolve("rsyslog.pid").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("rsyslog.log").toFile())
                .start();
    }

    /** What it has received, each a message id, structured data and a text. */
    List<String> messages() throws IOException {
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
