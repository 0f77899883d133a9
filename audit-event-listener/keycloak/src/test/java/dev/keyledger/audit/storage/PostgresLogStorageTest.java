package dev.keyledger.audit.storage;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresLogStorageTest extends JpaLogStorageContract {
    private final TestDatabase database = TestDatabase.postgres();

    @Override
    TestDatabase database() {
        return database;
    }

    @AfterAll
    void close() throws IOException {
        database.close();
    }
}
