package dev.keyledger.audit.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** People are found by whatever they are or were called. */
class SubjectsTest extends LogOfZoe {
    @Test
    void findsAPersonByPresentAndFormerNamesAndAddresses() {
        log.node().run();
        for (String known : List.of(ID, "zoe", "ZOE.married", "zoe@example.com")) {
            assertThat(privacy.subjects().find(known, List.of()))
                    .as(known)
                    .singleElement()
                    .satisfies(subject -> {
                        assertThat(subject.userId()).isEqualTo(ID);
                        assertThat(subject.names()).containsExactly("zoe", "zoe.married", "zoe@example.com");
                        assertThat(subject.entries()).isEqualTo(3);
                        assertThat(subject.state()).isEqualTo(Subject.State.OPEN);
                        assertThat(privacy.subjects().id(subject.reference())).contains(ID);
                    });
        }
        assertThat(privacy.subjects().find("00aa2c1e-grp", List.of())).isEmpty();
        assertThat(privacy.subjects().find("", List.of())).isEmpty();
    }

    @Test
    void findsWithAFormerNameWhatWasRecordedUnderALaterOne() {
        log.node().run();

        assertThat(found("zoe@example.com")).containsExactly(5L, 1L, 0L);
        assertThat(found("zoe.married")).containsExactly(5L, 1L, 0L);
    }
}
