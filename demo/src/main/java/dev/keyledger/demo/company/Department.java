package dev.keyledger.demo.company;

import java.util.List;
import java.util.stream.Stream;

/** Acme's departments; each has a group of the same name. */
public enum Department {
    ENGINEERING("Engineering"),
    OPERATIONS("Operations"),
    SALES("Sales"),
    MARKETING("Marketing"),
    FINANCE("Finance"),
    PEOPLE("People"),
    LEGAL("Legal"),
    SUPPORT("Support");

    /** Those whose people Okta provisions. */
    public static final List<Department> OKTA = List.of(ENGINEERING, SALES, MARKETING, SUPPORT);

    /** Those whose people Entra ID provisions. */
    public static final List<Department> ENTRA = List.of(FINANCE, OPERATIONS);

    /** Those whose people HR's script provisions. */
    public static final List<Department> HR = List.of(LEGAL, PEOPLE);

    private final String title;

    Department(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    /** The department that somebody moves to from this one; whoever provisions a person goes on doing so. */
    public Department next() {
        List<Department> siblings = Stream.of(OKTA, ENTRA, HR)
                .filter(each -> each.contains(this))
                .findFirst()
                .orElseThrow();
        return siblings.get((siblings.indexOf(this) + 1) % siblings.size());
    }

    /** The department with this title. */
    public static Department titled(String title) {
        return Stream.of(values())
                .filter(each -> each.title.equals(title))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Acme has no department \"" + title + "\""));
    }
}
