package dev.keyledger.audit.sink;

import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.siem.CloudEvent;
import dev.keyledger.log.siem.LoggedEntry;
import dev.keyledger.log.siem.Ocsf;
import dev.keyledger.log.siem.SyslogMessage;
import org.jspecify.annotations.Nullable;

/** What a sink is told of a log, in the form that it wants. */
sealed interface Told {
    String logId();

    /** Leaf index; null of a checkpoint. */
    @Nullable
    Long index();

    CloudEvent cloudEvent();

    /** A syslog message of this host, of so many bytes if it can be. */
    byte[] syslog(String host, int max);

    JsonObject ocsf();

    /** The same without anything about a person. */
    Told impersonal();

    /** An entry. */
    record OfEntry(String logId, LoggedEntry entry) implements Told {
        @Override
        public Long index() {
            return entry.index();
        }

        @Override
        public CloudEvent cloudEvent() {
            return CloudEvent.of(entry);
        }

        @Override
        public byte[] syslog(String host, int max) {
            return SyslogMessage.of(entry, host, max);
        }

        @Override
        public JsonObject ocsf() {
            return Ocsf.of(entry);
        }

        @Override
        public Told impersonal() {
            return new OfEntry(logId, entry.leafOnly());
        }
    }

    /** An entry whose leaf is not what was written. */
    record Unreadable(String logId, String id, String origin, Long index, long time) implements Told {
        @Override
        public CloudEvent cloudEvent() {
            return CloudEvent.unreadable(id, origin, index, time);
        }

        @Override
        public byte[] syslog(String host, int max) {
            return SyslogMessage.unreadable(origin, index, time, host);
        }

        @Override
        public JsonObject ocsf() {
            return Ocsf.unreadable(origin, index, time);
        }

        @Override
        public Told impersonal() {
            return this;
        }
    }

    /** A checkpoint, behind the entries that it covers. */
    record OfCheckpoint(String logId, SignedCheckpoint checkpoint, long time) implements Told {
        @Override
        public @Nullable Long index() {
            return null;
        }

        @Override
        public CloudEvent cloudEvent() {
            return CloudEvent.of(checkpoint, time);
        }

        @Override
        public byte[] syslog(String host, int max) {
            return SyslogMessage.of(checkpoint, time, host);
        }

        @Override
        public JsonObject ocsf() {
            return Ocsf.of(checkpoint, time);
        }

        @Override
        public Told impersonal() {
            return this;
        }
    }
}
