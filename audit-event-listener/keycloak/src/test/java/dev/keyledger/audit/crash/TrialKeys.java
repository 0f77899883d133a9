package dev.keyledger.audit.crash;

import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.audit.key.MasterKey;
import dev.keyledger.audit.key.MasterKeys;
import dev.keyledger.audit.key.SigningKey;
import dev.keyledger.audit.storage.TestDatabase;
import dev.keyledger.audit.storage.TestLog;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;

/** The keys that the processes of a trial share, as a command line carries them. */
record TrialKeys(MasterKey master, SigningKey signing) {

    static TrialKeys generate() {
        SecureRandom random = new SecureRandom();
        return new TrialKeys(MasterKey.generate(random), SigningKey.generate(random));
    }

    static TrialKeys parse(String text) {
        String[] parts = text.split(",", -1);
        Base64.Decoder decoder = Base64.getDecoder();
        return new TrialKeys(
                new MasterKey(decoder.decode(parts[0])),
                new SigningKey(Byte.parseByte(parts[1]), decoder.decode(parts[2]), decoder.decode(parts[3])));
    }

    String format() {
        Base64.Encoder encoder = Base64.getEncoder();
        return String.join(
                ",",
                encoder.encodeToString(master.bytes()),
                Byte.toString(signing.type()),
                encoder.encodeToString(signing.seed()),
                encoder.encodeToString(signing.publicKey()));
    }

    TestLog log(TestDatabase database, String logId) {
        InstantSource clock = InstantSource.system();
        return new TestLog(
                database,
                logId,
                new KeyRing(MasterKeys.only(master), clock, new SecureRandom()),
                origin -> signing.signer(origin, clock));
    }
}
