package dev.keyledger.log.siem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.log.checkpoint.Checkpoint;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.entry.EntryKind;
import dev.keyledger.log.merkle.Hash;
import dev.keyledger.log.merkle.TreeHead;
import dev.keyledger.log.note.Ed25519Signer;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

class CloudEventTest {
    @Test
    void anEntryIsAMessageWithItsOwnId() {
        CloudEvent event = CloudEvent.of(Entries.of(
                EntryKind.SCIM, true, "UPDATE", "USER", "target", "{\"id\":\"alice-id\",\"type\":\"USER\"}"));

        assertThat(event.id()).isEqualTo(Entries.ID);
        assertThat(event.json().string("id")).isEqualTo(Entries.ID);
        assertThat(event.json().string("specversion")).isEqualTo("1.0");
        assertThat(event.json().string("type")).isEqualTo("audit.scim.update");
        assertThat(event.json().string("source")).isEqualTo("//" + Entries.ORIGIN);
        assertThat(event.json().string("subject")).isEqualTo("USER/alice-id");
        assertThat(event.json().string("sequence")).isEqualTo("42");
        assertThat(event.json().string("time")).isEqualTo("2026-01-01T00:00:00.123Z");
        assertThat(event.json().object("data").integer("class_uid")).isEqualTo(3001);
    }

    @Test
    void aCheckpointIsAMessageWithTheWholeNote() {
        Checkpoint checkpoint = new Checkpoint(Entries.ORIGIN, new TreeHead(43, Hash.of(new byte[Hash.SIZE])));
        SignedCheckpoint signed = checkpoint.sign(List.of(Ed25519Signer.generate(Entries.ORIGIN, new SecureRandom())));

        CloudEvent event = CloudEvent.of(signed, Entries.TIME);

        assertThat(event.type()).isEqualTo("audit.checkpoint");
        assertThat(event.id()).isEqualTo("checkpoint-43-00000000");
        assertThat(event.json().object("data").object("unmapped").string("checkpoint"))
                .isEqualTo(signed.format());
    }
}
