package dev.keyledger.audit.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is on hold is not erased, whoever writes to the database. */
class HoldsTest extends LogOfZoe {
    @Test
    void refusesWhileAHoldIsInForceAndNotWhenItIsOver() {
        String reference = privacy.subjects().find(ID, List.of()).get(0).reference();
        privacy.holds().put(reference, "case 42", null, this::entry);

        assertThatThrownBy(this::erase)
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("case 42")
                .extracting(e -> ((RefusedException) e).why())
                .isEqualTo(RefusedException.Why.HELD);
        assertThat(privacy.holds().inForce()).extracting(Hold::reason).containsExactly("case 42");
        assertThat(privacy.subjects().find(ID, List.of()).get(0).state()).isEqualTo(Subject.State.HELD);

        assertThat(privacy.holds().release(reference, this::entry)).isTrue();
        assertThat(privacy.holds().release(reference, this::entry)).isFalse();
        // both are entries about her, and go with her
        assertThat(erase().entries()).isEqualTo(7);
    }

    @Test
    void holdsWithoutEndWhoseRowSomebodyChanged() {
        String reference = privacy.subjects().find(ID, List.of()).get(0).reference();
        privacy.holds().put(reference, "case 42", System.currentTimeMillis() + 60_000, this::entry);
        database.tamper("update AUDIT_HOLD set UNTIL_TIME = 1");

        assertThatThrownBy(this::erase).isInstanceOf(RefusedException.class).hasMessageContaining("was changed");
    }
}
