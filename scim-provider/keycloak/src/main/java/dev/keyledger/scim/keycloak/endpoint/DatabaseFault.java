package dev.keyledger.scim.keycloak.endpoint;

import jakarta.persistence.LockTimeoutException;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PessimisticLockException;
import java.sql.SQLException;
import java.util.Set;
import org.hibernate.QueryTimeoutException;
import org.hibernate.StaleStateException;
import org.hibernate.exception.LockAcquisitionException;
import org.jspecify.annotations.Nullable;

/**
 * Why a database refused a statement or a commit, read off the causes of an exception, whatever Hibernate, the transaction
 * manager and Keycloak wrapped around them. SQL states: ISO/IEC 9075-2, and those that PostgreSQL and H2 add.
 */
enum DatabaseFault {
    /** Two transactions were in each other's way, and this one lost: it may be tried again. */
    COLLISION,
    /** A value that has to be unique was written by somebody else in the meantime. */
    DUPLICATE,
    /** What a row refers to is no longer there, or a row is still referred to. */
    REFERENCE,
    /** A value does not fit its column. */
    UNFIT,
    /** It took longer than it may. */
    TIMEOUT;

    /** As {@code DataUtils.ERROR_TRANSACTIONS_DEADLOCK} stands behind H2's version at the end of a message. */
    private static final String H2_DEADLOCK = "/105]";

    /** PostgreSQL's and H2's. */
    private static final String CANCELLED = "57014";

    private static final Set<String> LOST = Set.of("55P03", "HYT00", "90131");
    private static final Set<String> DUPLICATES = Set.of("23505", "23000");
    private static final Set<String> REFERENCES = Set.of("23503", "23506");

    /** The database's reason, or null if the database had none. */
    static @Nullable DatabaseFault of(Throwable fault) {
        DatabaseFault found = null;
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (isDeadlockOfH2(cause)
                    || cause instanceof LockTimeoutException
                    || cause instanceof PessimisticLockException
                    || cause instanceof OptimisticLockException
                    || cause instanceof StaleStateException
                    || cause instanceof LockAcquisitionException) {
                return COLLISION;
            }
            if (cause instanceof QueryTimeoutException) {
                found = TIMEOUT;
            }
            if (cause instanceof SQLException sql) {
                DatabaseFault read = of(sql);
                found = read == null ? found : read;
            }
        }
        return found;
    }

    /**
     * H2 tells of a deadlock that it found while it read rows in order to lock them by an exception of its storage, which is no
     * {@link SQLException} and keeps its number in its text. The class is not there where another database is used.
     */
    private static boolean isDeadlockOfH2(Throwable cause) {
        return cause.getClass().getName().equals("org.h2.mvstore.MVStoreException")
                && String.valueOf(cause.getMessage()).contains(H2_DEADLOCK);
    }

    /** A batch that fails tells its reason in the exceptions behind the first. */
    private static @Nullable DatabaseFault of(SQLException first) {
        for (SQLException fault = first; fault != null; fault = fault.getNextException()) {
            String state = fault.getSQLState() == null ? "" : fault.getSQLState();
            if (state.startsWith("40") || LOST.contains(state)) {
                return COLLISION;
            }
            if (REFERENCES.contains(state)) {
                return REFERENCE;
            }
            if (DUPLICATES.contains(state)) {
                return DUPLICATE;
            }
            if (state.startsWith("22")) {
                return UNFIT;
            }
            if (state.equals(CANCELLED)) {
                return TIMEOUT;
            }
        }
        return null;
    }
}
