package dev.keyledger.benchmarks.load;

import dev.keyledger.e2e.Http;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/** Finding one user by what an identity provider knows of it. */
final class Lookups {
    private Lookups() {}

    static Scenario userName() {
        return by(name -> "userName eq \"" + name + "\"");
    }

    static Scenario externalId() {
        return by(name -> "externalId eq \"" + Bodies.externalId(name) + "\"");
    }

    static Scenario email() {
        return by(name -> "emails.value eq \"" + Bodies.email(name) + "\"");
    }

    static Scenario workEmail() {
        return by(name -> "emails[type eq \"work\" and value eq \"" + Bodies.email(name) + "\"]");
    }

    /** A search by a filter that is made of a random user's name. */
    private static Scenario by(UnaryOperator<String> filter) {
        return (side, client) -> {
            SplittableRandom random = new SplittableRandom(client);
            return () -> Request.get("/Users?filter="
                    + Http.encode(filter.apply(
                            side.userName(random.nextInt(side.userIds().size())))));
        };
    }
}
