package dev.keyledger.demo.day;

import dev.keyledger.demo.client.Connection;
import dev.keyledger.demo.client.EntraClient;
import dev.keyledger.demo.client.HrScript;
import dev.keyledger.demo.client.OktaClient;
import dev.keyledger.demo.company.Company;
import dev.keyledger.demo.company.Department;
import dev.keyledger.demo.company.Person;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.Http;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A day at Acme. It may be replayed on what an earlier one left: every client first looks for what is there, as the real ones
 * do, and people move on from where they are.
 */
public final class Day {

    private static final String REALM = "acme";

    private final AdminClient admin;
    private final Progress progress;
    private final OktaClient okta;
    private final EntraClient entra;
    private final HrScript hr;
    private final AdminDesk desk;
    private final Visitors visitors;
    private final Refusals refusals;
    private final List<Person> oktaPeople = Company.okta();
    private final List<Person> entraPeople = Company.entra();
    private final List<Person> hrPeople = Company.hr();

    public Day(AdminClient admin, Progress progress) {
        this.admin = admin;
        this.progress = progress;
        this.okta = new OktaClient(new Connection(scim("okta"), progress::tick));
        this.entra = new EntraClient(new Connection(scim("entra"), progress::tick));
        this.hr = new HrScript(new Connection(scim("hr"), progress::tick));
        this.desk = new AdminDesk(admin.realm(REALM), progress::tick);
        this.visitors = new Visitors(admin, REALM, progress::tick);
        this.refusals = new Refusals(scim("okta"), scim("reporting"), progress::tick);
    }

    /** Replays the day; throws when the server answers anything with what it should not. */
    public void replay() {
        progress.scene("06:00", "HR's script loads %d people and 2 groups".formatted(hrPeople.size()), this::hrLoads);
        progress.scene(
                "08:00", "Okta assigns %d people, pushes 4 groups".formatted(oktaPeople.size()), this::oktaAssigns);
        progress.scene(
                "08:40", "Entra ID synchronises %d people, 2 groups".formatted(entraPeople.size()), this::entraSyncs);
        progress.scene("09:00", "People log in; one mistypes, one is guessed at", this::logins);
        progress.scene("11:00", "Nine people change departments", this::moves);
        progress.scene("13:00", "An administrator edits users, a role, a client, the realm", this::adminEdits);
        progress.scene("15:00", "Six people leave", this::leavers);
        progress.scene("16:00", "Two of them return", this::returners);
        progress.scene("17:00", "Requests that are refused", () -> refusals.all(oktaPeople.get(0)));
    }

    private void hrLoads() {
        List<String> ids = hr.load(hrPeople);
        hr.group(Department.LEGAL.title(), ids.subList(0, 7));
        hr.group(Department.PEOPLE.title(), ids.subList(7, ids.size()));
    }

    private void oktaAssigns() {
        List<String> ids = okta.assign(oktaPeople);
        List<Department> departments =
                List.of(Department.ENGINEERING, Department.SALES, Department.MARKETING, Department.SUPPORT);
        for (int i = 0; i < departments.size(); i++) {
            int each = i;
            List<String> members = IntStream.range(0, ids.size())
                    .filter(index -> index % 4 == each)
                    .mapToObj(ids::get)
                    .toList();
            okta.pushGroup(departments.get(i).title(), members);
        }
    }

    private void entraSyncs() {
        List<String> ids = entra.synchronise(entraPeople);
        entra.group(Department.FINANCE.title(), ids.subList(0, 8));
        entra.group(Department.OPERATIONS.title(), ids.subList(8, ids.size()));
    }

    private void logins() {
        visitors.logIn(oktaPeople.subList(0, 18));
        visitors.hesitate(oktaPeople.get(18));
        visitors.guess(oktaPeople.get(19), 4);
    }

    private void moves() {
        oktaPeople.subList(20, 25).forEach(okta::move);
        entraPeople.subList(0, 4).forEach(entra::move);
        List<String> two = okta.assign(oktaPeople.subList(0, 2));
        String engineering = okta.pushGroup(Department.ENGINEERING.title(), List.of(two.get(0)));
        okta.swapMembers(engineering, two.get(0), two.get(1));
        List<String> moved = entra.synchronise(entraPeople.subList(0, 1));
        String operations = entra.group(Department.OPERATIONS.title(), moved);
        entra.removeMember(operations, moved.get(0));
    }

    private void adminEdits() {
        desk.rename(oktaPeople.get(3), "Ferrari-Lindqvist");
        desk.resetPassword(oktaPeople.get(4), OktaClient.password(oktaPeople.get(4)));
        desk.setEnabled(hrPeople.get(1), false);
        desk.setEnabled(hrPeople.get(1), true);
        desk.assignRole(oktaPeople.get(5), oktaPeople.get(6));
        desk.describePortal("What everybody at Acme sees first");
        desk.changeSessionIdle();
    }

    private void leavers() {
        okta.setActive(oktaPeople.get(28), false);
        okta.setActive(oktaPeople.get(29), false);
        visitors.tryAfterLeaving(oktaPeople.get(29));
        entra.setActive(entraPeople.get(13), false);
        entra.setActive(entraPeople.get(14), false);
        hr.dismiss(hrPeople.get(13));
        hr.dismiss(hrPeople.get(14));
    }

    private void returners() {
        okta.setActive(oktaPeople.get(28), true);
        visitors.logIn(oktaPeople.subList(28, 29));
        entra.setActive(entraPeople.get(13), true);
    }

    private Http scim(String clientId) {
        return admin.scim(REALM, clientId, clientId + "-secret");
    }
}
