package dev.keyledger.audit;

import dev.keyledger.audit.archive.Archives;
import dev.keyledger.audit.cosign.CosignTask;
import dev.keyledger.audit.health.AuditMetrics;
import dev.keyledger.audit.integrity.IntegrityTask;
import dev.keyledger.audit.publish.TilesExport;
import dev.keyledger.audit.retention.ArchiveTask;
import dev.keyledger.audit.retention.Archiver;
import dev.keyledger.audit.retention.RetentionTask;
import dev.keyledger.audit.runtime.AuditRuntime;
import dev.keyledger.audit.runtime.KeysUnavailableException;
import dev.keyledger.audit.runtime.SinkSettings;
import dev.keyledger.audit.runtime.UnfinishedErasures;
import dev.keyledger.audit.runtime.VaultText;
import dev.keyledger.audit.sequence.SequencerTask;
import dev.keyledger.audit.sink.SinkTask;
import dev.keyledger.audit.storage.EmbeddedDatabase;
import dev.keyledger.audit.storage.LogDirectory;
import dev.keyledger.audit.timestamp.TimestampTask;
import dev.keyledger.audit.witness.FileWitness;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import io.micrometer.core.instrument.Metrics;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.common.Version;
import org.keycloak.common.util.Environment;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.Provider;

/**
 * Records the events of every realm. Being global, it needs no realm's configuration and no realm admin can remove it.
 * It also owns the node's runtime and starts the sequencer once the database is migrated, if this is a server and not a
 * command such as an import.
 */
public final class AuditEventListenerProviderFactory implements EventListenerProviderFactory, AuditRuntime.Holder {
    private static final Logger LOG = Logger.getLogger("dev.keyledger.audit");

    private @Nullable AuditSettings settings;
    private @Nullable AuditRuntime runtime;
    private @Nullable KeycloakSessionFactory sessions;
    private @Nullable SequencerTask sequencer;
    private @Nullable IntegrityTask integrity;
    private @Nullable TilesExport export;
    private @Nullable CosignTask cosigning;
    private @Nullable ArchiveTask archive;
    private @Nullable RetentionTask retention;
    private @Nullable TimestampTask stamping;
    private @Nullable SinkTask sinks;
    private @Nullable UnfinishedErasures erasures;

    @Override
    public String getId() {
        return AuditRuntime.Holder.ID;
    }

    @Override
    public boolean isGlobal() {
        return true;
    }

    @Override
    public void init(Config.Scope options) {
        settings = AuditSettings.read(options, Config.scope("hostname", "v2").get("hostname"));
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        sessions = factory;
        AuditSettings read = settings();
        InstantSource clock = InstantSource.system();
        Path outside = read.witness();
        FileWitness witness = outside == null ? null : new FileWitness(outside, nodeName(), clock);
        runtime = new AuditRuntime(
                factory,
                read.host(),
                read.policy(),
                read.weakenable(),
                read.keys(),
                witness,
                read.witnesses(),
                Archives.of(read.archives(), name -> new VaultText(factory, name))
                        .orElse(null),
                read.timestamps().authorities().isEmpty()
                        ? null
                        : read.timestamps().interval(),
                clock,
                new SecureRandom());
        factory.register(event -> {
            runtime().recorder().record(event);
            if (event instanceof PostMigrationEvent && !Environment.isNonServerMode()) {
                start();
            }
        });
    }

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new AuditEventListenerProvider(session, runtime().recorder());
    }

    @Override
    public boolean isStarted() {
        return runtime != null;
    }

    @Override
    public boolean alarmsMakeNotReady() {
        return settings().readiness();
    }

    @Override
    public SinkSettings sinks() {
        return settings().sinks();
    }

    @Override
    public AuditRuntime runtime() {
        AuditRuntime made = runtime;
        if (made == null) {
            throw new IllegalStateException("the factory of " + getId() + " is used before postInit");
        }
        return made;
    }

    /** Being closed before the database connections are lets the sequencer finish its round. */
    @Override
    public Set<Class<? extends Provider>> dependsOn() {
        return Set.of(JpaConnectionProvider.class);
    }

    @Override
    public synchronized void close() {
        SequencerTask running = sequencer;
        if (running != null) {
            recordShutdown();
            running.stop();
            sequencer = null;
        }
        CosignTask asking = cosigning;
        if (asking != null) {
            asking.stop();
            cosigning = null;
        }
        TimestampTask stamps = stamping;
        if (stamps != null) {
            stamps.stop();
            stamping = null;
        }
        IntegrityTask watching = integrity;
        if (watching != null) {
            watching.stop();
            integrity = null;
        }
        ArchiveTask archiving = archive;
        if (archiving != null) {
            archiving.stop();
            archive = null;
        }
        RetentionTask pruning = retention;
        if (pruning != null) {
            pruning.stop();
            retention = null;
        }
        UnfinishedErasures erasing = erasures;
        if (erasing != null) {
            erasing.stop();
            erasures = null;
        }
        SinkTask telling = sinks;
        if (telling != null) {
            telling.stop();
            sinks = null;
        }
        TilesExport exporting = export;
        if (exporting != null) {
            // Last: it takes what the sequencer's last round has signed.
            exporting.stop();
            export = null;
        }
    }

    /** A server whose database is gone must be able to end. */
    private void recordShutdown() {
        try {
            runtime().recorder().recordOfServer("SHUTDOWN", node(), null);
        } catch (RuntimeException e) {
            LOG.warn("Keyledger could not record that the server ends", e);
        }
    }

    private synchronized void start() {
        if (sequencer == null) {
            // Before the first request: what it is answered is to be true after a crash as well.
            EmbeddedDatabase.writeEveryCommit(runtime().transactions());
            recordStartup();
            SequencerTask made = new SequencerTask(runtime(), settings().interval());
            sequencer = made;
            made.start();
            IntegrityTask watching = new IntegrityTask(runtime(), settings().verification(), new SecureRandom());
            integrity = watching;
            watching.start();
            startExport();
            startCosigning();
            startArchive();
            startStamping();
            AuditMetrics metrics = new AuditMetrics(runtime(), Metrics.globalRegistry);
            metrics.register();
            startSinks(metrics);
            RetentionTask pruning = new RetentionTask(runtime(), metrics::show);
            retention = pruning;
            pruning.start();
            UnfinishedErasures erasing = new UnfinishedErasures(runtime());
            erasures = erasing;
            erasing.start();
        }
    }

    /** A server whose keys are not to be had starts all the same: its status says so, and what was signed is served. */
    private void recordStartup() {
        try {
            runtime().refreshPolicies();
            runtime().recorder().recordOfServer("STARTUP", null, node());
            runtime().recordPolicy(settings().toJson());
        } catch (KeysUnavailableException e) {
            LOG.warn("Keyledger could not record that the server starts", e);
        }
    }

    private void startArchive() {
        Archiver.of(runtime())
                .ifPresent(archiver -> runtime().archiving().ifPresent(errand -> {
                    ArchiveTask made = new ArchiveTask(runtime(), archiver, errand);
                    archive = made;
                    made.start();
                }));
    }

    private void startExport() {
        Path folder = settings().publish().folder();
        if (folder != null) {
            TilesExport made =
                    new TilesExport(folder, runtime().transactions(), settings().interval());
            export = made;
            made.start();
        }
    }

    private void startCosigning() {
        runtime().witnesses().ifPresent(witnesses -> {
            CosignTask made = new CosignTask(witnesses, settings().witnesses().interval());
            cosigning = made;
            made.start();
        });
    }

    private void startStamping() {
        runtime().stamping().ifPresent(errand -> {
            TimestampTask made = new TimestampTask(
                    settings().timestamps(), runtime().transactions(), runtime().clock(), new SecureRandom(), errand);
            stamping = made;
            made.start();
        });
    }

    private void startSinks(AuditMetrics metrics) {
        SinkTask made = new SinkTask(
                runtime(),
                settings().sinks(),
                this::isRealm,
                nodeName(),
                settings().interval(),
                new SecureRandom(),
                metrics::show);
        sinks = made;
        made.start();
    }

    private boolean isRealm(String realmId) {
        KeycloakSessionFactory factory = sessions;
        return realmId.equals(LogDirectory.SERVER)
                || factory == null
                || KeycloakModelUtils.runJobInTransactionWithResult(
                        factory, session -> session.realms().getRealm(realmId) != null);
    }

    /** What tells this node and its software from another. */
    private Map<String, JsonValue> node() {
        Map<String, JsonValue> node = new TreeMap<>();
        node.put("keycloak", JsonString.of(Version.VERSION));
        String version = AuditEventListenerProviderFactory.class.getPackage().getImplementationVersion();
        node.put("keyledger", JsonString.of(version == null ? "unknown" : version));
        node.put("node", JsonString.of(nodeName()));
        return node;
    }

    private static String nodeName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    private AuditSettings settings() {
        AuditSettings read = settings;
        if (read == null) {
            throw new IllegalStateException("the factory of " + getId() + " is used before init");
        }
        return read;
    }
}
