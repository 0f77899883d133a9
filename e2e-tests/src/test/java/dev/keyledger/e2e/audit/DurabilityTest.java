package dev.keyledger.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Whether PostgreSQL waits for its disk before it answers the commit of an entry. A trigger that fires when the transaction
 * commits notes whether the transaction itself asks it not to; the test library's server never waits.
 */
class DurabilityTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** The source of a setting that the transaction has made. */
    private static final String ASYNCHRONOUS = "session";

    private static final int MOST_LOGINS = 40;
    private static final SharedServer SHARED = SharedServer.POSTGRES;

    private String realm = "";
    private Http http = new Http("");

    @BeforeEach
    void watchTheCommits() {
        realm = SHARED.freshRealm("durability");
        AdminClient admin = SHARED.admin();
        admin.createUser(realm, "visitor", "visitor-password");
        http = admin.realm(realm);
        SHARED.execute("""
                create schema watch;
                create table watch.commits (n serial, leaf varchar, source varchar);
                create function watch.note() returns trigger language plpgsql as $$ begin
                  insert into watch.commits (leaf, source) select new.leaf, source from pg_settings
                    where name = 'synchronous_commit';
                  return null; end $$;
                create constraint trigger note after insert on audit_stage deferrable initially deferred
                  for each row execute function watch.note()""");
    }

    @AfterEach
    void watchNoMore() {
        SHARED.execute("drop schema watch cascade");
    }

    @Test
    void aLoginWaitsUnlessTheRealmWantsItOtherwiseAndAChangeAlwaysDoes() throws SQLException {
        login();
        ObjectNode policy = JSON.createObjectNode();
        policy.putArray("asynchronous").add("user");
        http.put("/audit-log/policy", policy).expect(200);
        // in force within a round of the sequencer
        for (int i = 0; i < MOST_LOGINS && !commits("LOGIN").contains(ASYNCHRONOUS); i++) {
            login();
        }
        http.post("/roles", JSON.createObjectNode().put("name", "late")).expect(201);

        List<String> logins = commits("LOGIN");
        assertThat(logins.get(0)).isNotEqualTo(ASYNCHRONOUS);
        assertThat(logins).endsWith(ASYNCHRONOUS);
        assertThat(commits("CREATE")).hasSize(1).doesNotContain(ASYNCHRONOUS);
        assertThat(SHARED.admin().auditLog(realm).entries("operation=LOGIN"))
                .as("recorded either way")
                .hasSameSizeAs(logins);
    }

    private void login() {
        SHARED.admin().login(realm, "admin-cli", "visitor", "visitor-password").expect(200);
    }

    /** Who has said whether the commits of this realm's entries of one operation wait, in order. */
    private List<String> commits(String operation) throws SQLException {
        String id = http.get("").expect(200).json().get("id").asText();
        List<String> modes = new ArrayList<>();
        try (Connection connection = SHARED.connection();
                ResultSet rows = connection
                        .createStatement()
                        .executeQuery("select source from watch.commits where leaf like '%" + id
                                + "%' and leaf like '%\"" + operation + "\"%' order by n")) {
            while (rows.next()) {
                modes.add(rows.getString(1));
            }
        }
        return modes;
    }
}
