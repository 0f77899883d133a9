package dev.keyledger.audit.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FlatteningTest {
    @Test
    void aHugeTextIsCutAndBearsTheHashOfTheWhole() {
        assertThat(Flattening.bounded("a".repeat(1_000), 3).value())
                .isEqualTo("aaa… (1000 characters, SHA-256 "
                        + "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3)");
    }

    @Test
    void aTextThatFitsStaysAsItIs() {
        assertThat(Flattening.bounded("aaa", 3).value()).isEqualTo("aaa");
    }
}
