package dev.keyledger.demo.day;

import dev.keyledger.demo.client.Account;
import dev.keyledger.demo.client.Connection;
import dev.keyledger.demo.client.EntraClient;
import dev.keyledger.demo.client.HrScript;
import dev.keyledger.demo.client.OktaClient;
import dev.keyledger.demo.company.Company;
import dev.keyledger.demo.company.Department;
import dev.keyledger.demo.company.Person;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.Http;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private final Visitors visitors;
    private final Refusals refusals;
    private final Map<Person, Account> accounts = new LinkedHashMap<>();
    private final Map<Department, String> groups = new EnumMap<>(Department.class);
    private final List<Person> oktaPeople = Company.okta();
    private final List<Person> entraPeople = Company.entra();
    private final List<Person> hrPeople = Company.hr();

    public Day(AdminClient admin, Progress progress) {
        this.admin = admin;
        this.progress = progress;
        this.okta = new OktaClient(new Connection(scim("okta"), progress::tick));
        this.entra = new EntraClient(new Connection(scim("entra"), progress::tick));
        this.hr = new HrScript(new Connection(scim("hr"), progress::tick));
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
        for (Department department : Department.HR) {
            List<String> members = IntStream.range(0, ids.size())
                    .filter(index -> hrPeople.get(index).department() == department)
                    .mapToObj(ids::get)
                    .toList();
            hr.group(department.title(), members);
        }
    }

    private void oktaAssigns() {
        oktaPeople.forEach(person -> accounts.put(person, okta.assign(person)));
        Department.OKTA.forEach(each -> groups.put(each, okta.pushGroup(each.title(), members(each))));
    }

    private void entraSyncs() {
        entra.testConnection();
        entraPeople.forEach(person -> accounts.put(person, entra.synchronise(person)));
        Department.ENTRA.forEach(each -> groups.put(each, entra.group(each.title(), members(each))));
    }

    private List<String> members(Department department) {
        return accounts.values().stream()
                .filter(account -> account.department() == department)
                .map(Account::id)
                .toList();
    }

    private void logins() {
        visitors.logIn(oktaPeople.subList(0, 18));
        visitors.hesitate(oktaPeople.get(18));
        visitors.guess(oktaPeople.get(19), 4);
    }

    private void moves() {
        for (Person person : oktaPeople.subList(20, 25)) {
            Account before = account(person);
            Account after = okta.move(person);
            okta.removeMember(group(before), before.id());
            okta.addMember(group(after), after.id());
        }
        for (Person person : entraPeople.subList(0, 4)) {
            Account before = account(person);
            Account after = entra.move(person);
            entra.removeMember(group(before), before.id());
            entra.addMember(group(after), after.id());
        }
    }

    private String group(Account account) {
        return Objects.requireNonNull(groups.get(account.department()), "a group pushed this morning");
    }

    private Account account(Person person) {
        return Objects.requireNonNull(accounts.get(person), "an account seen this morning");
    }

    private void adminEdits() {
        // an administrator's token is good for a minute, and the day was longer than that already
        AdminDesk desk = new AdminDesk(admin.realm(REALM), progress::tick);
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
