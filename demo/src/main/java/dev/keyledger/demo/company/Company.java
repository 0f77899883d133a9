package dev.keyledger.demo.company;

import java.util.ArrayList;
import java.util.List;

/**
 * Acme's sixty people. The first half comes from Okta, the next quarter from Entra ID, the last from HR's script, as it happens
 * after two acquisitions.
 */
public final class Company {

    private static final int OKTA = 30;
    private static final int ENTRA = 15;

    private static final String[] NAMES = {
        "Amara Okafor",
        "Jonas Lindqvist",
        "Mei Tanaka",
        "Luca Ferrari",
        "Zoë Özdemir",
        "Priya Raman",
        "Tomasz Wójcik",
        "Chloé Dubois",
        "Samuel Mensah",
        "Ingrid Haugen",
        "Diego Fuentes",
        "Hannah Weiß",
        "Omar Haddad",
        "Sofia Papadaki",
        "Liam O'Connor",
        "Yuki Sato",
        "Noor de Vries",
        "Mateus Almeida",
        "Katarína Horváthová",
        "Ravi Deshpande",
        "Elif Yıldız",
        "Finn Mikkelsen",
        "Aisha Bello",
        "Pavel Novák",
        "Grace Kim",
        "Andrés Molina",
        "Freya Sørensen",
        "Minh Trần",
        "Bianca Rossi",
        "Owen Llewellyn",
        "Salma Benali",
        "Viktor Ilić",
        "Rosa Castellanos",
        "Henrik Berg",
        "Tariq Aziz",
        "Emma Schneider",
        "Kwame Boateng",
        "Lena Fischer",
        "Arjun Nair",
        "Marta Kowalska",
        "Idris Cole",
        "Nina Petrova",
        "Hugo Laurent",
        "Leila Farahani",
        "Jack Thornton",
        "Dana Levi",
        "Anton Bauer",
        "Fatou Diop",
        "Isak Johansen",
        "Camila Ortiz",
        "Peter Vogel",
        "Wren Adler",
        "Nadia Rahman",
        "Milan Jovanović",
        "Ruth Abebe",
        "Tess Vermeulen",
        "Caleb Stone",
        "Ana Marques",
        "Joon Park",
        "Edda Brandt"
    };

    private static final String[] TITLES = {
        "Engineer", "Specialist", "Analyst", "Coordinator", "Lead", "Assistant", "Manager", "Consultant"
    };

    private Company() {}

    /** Those whom Okta provisions. */
    public static List<Person> okta() {
        return people(0, OKTA, Department.OKTA);
    }

    /** Those whom Entra ID provisions. */
    public static List<Person> entra() {
        return people(OKTA, OKTA + ENTRA, Department.ENTRA);
    }

    /** Those whom HR's script provisions. */
    public static List<Person> hr() {
        return people(OKTA + ENTRA, NAMES.length, Department.HR);
    }

    private static List<Person> people(int from, int to, List<Department> departments) {
        List<Person> people = new ArrayList<>();
        for (int i = from; i < to; i++) {
            int space = NAMES[i].indexOf(' ');
            people.add(new Person(
                    i + 1,
                    NAMES[i].substring(0, space),
                    NAMES[i].substring(space + 1),
                    TITLES[i % TITLES.length],
                    departments.get(i % departments.size())));
        }
        return people;
    }
}
