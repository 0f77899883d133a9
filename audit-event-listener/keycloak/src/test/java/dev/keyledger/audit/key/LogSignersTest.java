package dev.keyledger.audit.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.log.checkpoint.Checkpoint;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.merkle.CompactRange;
import dev.keyledger.log.note.Ed25519Signer;
import dev.keyledger.log.note.Signer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogSignersTest {
    private final SigningKey key = SigningKey.generate(new SecureRandom());

    /** Ed25519 is deterministic (RFC 8032): two right implementations give the same bytes. */
    @Test
    void signsWithBouncyCastleWhatTheJdkWouldSign() {
        Signer bouncyCastle = key.signer("log.example/a", InstantSource.system());
        Signer jdk = Ed25519Signer.of("log.example/a", key.seed(), key.publicKey());
        byte[] text = "log.example/a\n7\n".getBytes(StandardCharsets.UTF_8);

        assertThat(bouncyCastle).isInstanceOf(BouncyCastleEd25519Signer.class);
        assertThat(bouncyCastle.sign(text)).isEqualTo(jdk.sign(text));
        assertThat(bouncyCastle.verifierKey().toString())
                .isEqualTo(jdk.verifierKey().toString());
    }

    @Test
    void namesTheKeyAfterTheLog() {
        SignedCheckpoint signed = new Checkpoint(
                        "log.example/a", CompactRange.empty().head())
                .sign(List.of(key.signer("log.example/a", InstantSource.system())));

        assertThat(signed.format()).contains("— log.example/a ");
    }
}
