package dev.keyledger.benchmarks.load;

import dev.keyledger.benchmarks.load.Contest.Contender;
import dev.keyledger.benchmarks.load.Contest.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Which contests there are, and which ratio each has to reach. */
final class Program {
    private static final int CLIENTS = 4;
    private static final int PAGE = 100;
    private static final int DELETED_PER_ROUND = 2_000;

    private static final int BULK = 1_000;
    private static final double DEEP = 0.95;

    /** No slower than the other, within what rounds on a shared machine can tell. */
    private static final double SAME = 0.9;

    private Program() {}

    /** Beside native SCIM: the same scenario on both servers. */
    static List<Contest> peers(Side ours, Side peer, int members) {
        return List.of(
                peers("create", ours, peer, Scenario.create(), CLIENTS, 1),
                peers("get", ours, peer, Scenario.get(), CLIENTS, 1),
                peers("patch-active", ours, peer, Scenario.patchActive(), CLIENTS, 1),
                peers("put", ours, peer, Scenario.put(), CLIENTS, 1),
                new Contest(
                        "delete",
                        new Contender(ours.name(), ours, Scenario.delete(DELETED_PER_ROUND)),
                        new Contender(peer.name(), peer, Scenario.delete(DELETED_PER_ROUND)),
                        CLIENTS,
                        1),
                peers("patch-member", ours, peer, Scenario.patchMembers(members), CLIENTS, 1),
                peers("patch-member-1-client", ours, peer, Scenario.patchMembers(members), 1, 1),
                peers("userName-eq", ours, peer, Lookups.userName(), CLIENTS, 5),
                peers("email-eq", ours, peer, Lookups.email(), CLIENTS, 1),
                peers("list-100", ours, peer, Scenario.page(PAGE, ""), CLIENTS, 8),
                peers("list-100-userName", ours, peer, Scenario.page(PAGE, "&attributes=userName"), CLIENTS, 1),
                peers("read-group", ours, peer, Scenario.readGroup(members), CLIENTS, 5));
    }

    private static Contest peers(String name, Side ours, Side peer, Scenario scenario, int clients, double target) {
        return new Contest(
                name,
                new Contender(ours.name(), ours, scenario),
                new Contender(peer.name(), peer, scenario),
                clients,
                target);
    }

    /** Beside itself: what may not become slower as a realm grows. */
    static List<Contest> scale(Side ours, int members) {
        Contender get = new Contender("get", ours, Scenario.get());
        Contender patchFew = new Contender("member of 10", ours, Scenario.patchMembers(10));
        Contender create = new Contender("create", ours, Scenario.create());
        Contender firstPage = new Contender("first page", ours, Scenario.cursorPage(PAGE, 0));
        return List.of(
                self("userName-eq", Lookups.userName(), get, 0.5),
                self("externalId-eq", Lookups.externalId(), get, 0.5),
                self("email-eq", Lookups.email(), get, 0.5),
                self("email-type-and-value", Lookups.workEmail(), get, 0.5),
                self("patch-member", Scenario.patchMembers(members), patchFew, SAME),
                self("cursor-page", Scenario.cursorPage(PAGE, DEEP), firstPage, 1 / 1.2),
                new Contest("bulk", new Contender("bulk", ours, Scenario.bulk(BULK)), create, 1, 2),
                self("bulk-4-clients", Scenario.bulk(BULK), create, 1));
    }

    /** What recording costs: {@code realms} are of one way to hash passwords. Keycloak's stores are the measure of what may be. */
    static List<Contest> records(Recorded realms) {
        String hash = realms.hash().name().toLowerCase(Locale.ROOT);
        List<Contest> contests = new ArrayList<>();
        for (var scenario : List.of(
                new Named("login-" + hash, Records.login(), true),
                new Named("create-user-" + hash, Records.createUser(), false))) {
            contests.add(recorded(scenario, "", realms.keyledger(), realms.stores(), CLIENTS, Measure.RATE, SAME));
            contests.add(recorded(scenario, "-p95", realms.keyledger(), realms.stores(), 1, Measure.P95, SAME));
            contests.add(recorded(scenario, "-p95", realms.keyledger(), realms.nothing(), 1, Measure.P95, 1 / 1.05));
            if (scenario.userEvent()) {
                Side asynchronous = realms.asynchronous();
                contests.add(recorded(scenario, "", asynchronous, realms.stores(), CLIENTS, Measure.RATE, SAME));
                contests.add(recorded(scenario, "-p95", asynchronous, realms.stores(), 1, Measure.P95, SAME));
            }
            for (Side side : List.of(realms.keyledger(), realms.stores(), realms.both())) {
                contests.add(recorded(scenario, "", side, realms.nothing(), CLIENTS, Measure.RATE, 0));
            }
        }
        return contests;
    }

    /** The five ways to record, in realms alike on two servers. */
    record Recorded(Realms.Hash hash, Side nothing, Side stores, Side keyledger, Side asynchronous, Side both) {}

    /** {@code userEvent}: what is recorded is one, so that it may be asynchronous. */
    private record Named(String name, Scenario scenario, boolean userEvent) {}

    private static Contest recorded(
            Named scenario, String suffix, Side side, Side other, int clients, Measure measure, double target) {
        return new Contest(
                scenario.name() + suffix + " " + side.name(),
                new Contender(side.name(), side, scenario.scenario()),
                new Contender(other.name(), other, scenario.scenario()),
                clients,
                measure,
                target);
    }

    private static Contest self(String name, Scenario scenario, Contender other, double target) {
        return new Contest(name, new Contender(name, other.side(), scenario), other, CLIENTS, target);
    }
}
