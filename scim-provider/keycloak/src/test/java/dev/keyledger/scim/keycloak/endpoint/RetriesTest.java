package dev.keyledger.scim.keycloak.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyledger.scim.ScimException;
import jakarta.persistence.OptimisticLockException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.h2.mvstore.DataUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.ModelException;

class RetriesTest {
    private static final int DEADLOCK = DataUtils.ERROR_TRANSACTIONS_DEADLOCK;
    private static final int CORRUPT = DataUtils.ERROR_FILE_CORRUPT;

    private final List<Long> pauses = new ArrayList<>();
    private final Retries retries = new Retries(pauses::add, 7);
    private int tries;

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01", "55P03", "HYT00", "90131"})
    void whatCollidesOnceIsDoneByTheSecondTry(String sqlState) {
        assertThat(retries.<String>run(() -> {
                    if (++tries == 1) {
                        throw new ModelException("wrapped", new SQLException("lost", sqlState));
                    }
                    return "done";
                }))
                .isEqualTo("done");
        assertThat(tries).isEqualTo(2);
    }

    @Test
    void aDeadlockThatH2FindsInItsStorageIsACollision() {
        assertRefused(() -> new ModelException("wrapped", DataUtils.newMVStoreException(DEADLOCK, "victim")), 503, 5);
        assertRefused(() -> new ModelException("wrapped", DataUtils.newMVStoreException(CORRUPT, "broken")), 500, 1);
    }

    @Test
    void whatKeepsCollidingIsGivenUpAfterLongerAndLongerPauses() {
        assertRefused(() -> new OptimisticLockException("lost"), 503, 5);
        assertThat(pauses).containsExactly(27L, 108L, 243L, 432L);
    }

    @Test
    void aDuplicateIsLookedAtTwice() {
        SQLException batch = new BatchUpdateException();
        batch.setNextException(new SQLException("unique", "23505"));
        assertRefused(() -> new ModelDuplicateException("duplicate", batch), 409, 2);
    }

    @Test
    void aRowThatIsGoneIsLookedAtTwice() {
        assertRefused(() -> new ModelDuplicateException("duplicate", new SQLException("fk", "23503")), 409, 2);
    }

    @Test
    void whatTheRequestGotWrongIsNotTriedAgain() {
        assertRefused(() -> ScimException.invalidValue("no"), 400, 1);
        assertRefused(() -> new ModelException("wrapped", new SQLException("too long", "22001")), 400, 1);
        assertRefused(() -> new ModelException("a rule of Keycloak's"), 400, 1);
        assertRefused(() -> new ModelDuplicateException("Keycloak looked it up"), 409, 1);
    }

    @Test
    void whatBrokeBelowIsNotTheClientsFault() {
        assertRefused(() -> new ModelException("wrapped", new SQLException("no table", "42S02")), 500, 1);
        assertRefused(() -> new IllegalStateException("broken"), 500, 1);
    }

    private void assertRefused(Supplier<RuntimeException> fault, int status, int wantedTries) {
        tries = 0;
        assertThatThrownBy(() -> retries.run(() -> {
                    tries++;
                    throw fault.get();
                }))
                .isInstanceOfSatisfying(
                        RuntimeException.class,
                        thrown -> assertThat(Faults.of(thrown, "a-request").status())
                                .isEqualTo(status));
        assertThat(tries).isEqualTo(wantedTries);
    }
}
