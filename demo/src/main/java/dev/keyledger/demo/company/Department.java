package dev.keyledger.demo.company;

import java.util.List;

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

    /** All of them, in their order. */
    public static final List<Department> ALL = List.of(values());

    private final String title;

    Department(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    /** The department that somebody moves to from this one. */
    public Department next() {
        return ALL.get((ALL.indexOf(this) + 1) % ALL.size());
    }

    /** The department with this title, or this one when there is none. */
    public static Department titled(String title) {
        for (Department each : values()) {
            if (each.title.equals(title)) {
                return each;
            }
        }
        return ENGINEERING;
    }
}
