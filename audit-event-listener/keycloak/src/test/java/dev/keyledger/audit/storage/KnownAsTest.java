package dev.keyledger.audit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.log.entry.Disclosure;
import dev.keyledger.log.entry.Salt;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.json.JsonReader;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

/** What somebody is called is learned piece by piece, written down, and read again. */
class KnownAsTest {
    @Test
    void putsAFirstAndALastNameTogetherThatDifferentSlotsTell() {
        KnownAs known = new KnownAs();
        known.learn(change("{\"after\":{\"firstName\":\"Zoë\",\"username\":\"Zoe\"}}"));
        assertThat(known.names()).containsExactly("zoe");

        KnownAs read = KnownAs.parse(known.encode("6f9b2c1e-zoe"));
        read.learn(change("{\"before\":{\"name.familyName\":\"Lind\"}}"));

        assertThat(read.called()).containsExactly("zoe");
        assertThat(read.names()).containsExactlyInAnyOrder("zoe", "zoë lind", "lind, zoë");
        assertThat(KnownAs.parse(read.encode("6f9b2c1e-zoe")).names()).isEqualTo(read.names());
    }

    @Test
    void takesInWhatAnotherHasLearned() {
        KnownAs first = new KnownAs();
        first.learn(change("{\"after\":{\"firstName\":\"Amy\",\"email\":\"amy@example.com\"}}"));
        KnownAs second = new KnownAs();
        second.learn(change("{\"after\":{\"lastName\":\"Lee\"}}"));

        second.know(first);

        assertThat(second.names()).containsExactlyInAnyOrder("amy@example.com", "amy lee", "lee, amy");
    }

    private static Disclosure change(String value) {
        return new Disclosure(Slot.CHANGE, Salt.random(new SecureRandom()), JsonReader.parseObject(value));
    }
}
