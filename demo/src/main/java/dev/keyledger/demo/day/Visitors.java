package dev.keyledger.demo.day;

import dev.keyledger.demo.client.OktaClient;
import dev.keyledger.demo.company.Person;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.Http;
import java.util.List;

/** People who log in to the portal, or try to. */
final class Visitors {

    private static final String PORTAL = "portal";

    private final AdminClient server;
    private final String realm;
    private final Runnable tick;

    Visitors(AdminClient server, String realm, Runnable tick) {
        this.server = server;
        this.realm = realm;
        this.tick = tick;
    }

    void logIn(List<Person> people) {
        for (Person person : people) {
            attempt(person, OktaClient.password(person)).expect(200);
        }
    }

    /** Mistypes the password, then gets it right. */
    void hesitate(Person person) {
        refuse(attempt(person, "Welcome"), person);
        attempt(person, OktaClient.password(person)).expect(200);
    }

    void guess(Person person, int times) {
        for (int i = 0; i < times; i++) {
            refuse(attempt(person, "summer" + i), person);
        }
    }

    /** The right password of somebody whose account is switched off. */
    void tryAfterLeaving(Person person) {
        refuse(attempt(person, OktaClient.password(person)), person);
    }

    private Http.Reply attempt(Person person, String password) {
        Http.Reply reply = server.login(realm, PORTAL, person.userName(), password);
        tick.run();
        return reply;
    }

    private static void refuse(Http.Reply reply, Person person) {
        if (reply.status() == 200) {
            throw new IllegalStateException(person.userName() + " was let in, and must not be");
        }
    }
}
