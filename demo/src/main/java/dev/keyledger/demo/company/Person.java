package dev.keyledger.demo.company;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Somebody who works at Acme.
 *
 * @param number the number on the badge, from 1
 */
public record Person(int number, String givenName, String familyName, String jobTitle, Department department) {

    /** First letter of the given name and the family name, in ASCII: {@code zoezdemir} for Zoë Özdemir is {@code zozdemir}. */
    public String userName() {
        return ascii(givenName).substring(0, 1) + ascii(familyName);
    }

    public String email() {
        return userName() + "@acme.example";
    }

    public String displayName() {
        return givenName + " " + familyName;
    }

    /** What the identity provider knows this person by. */
    public String externalId() {
        return "acme-%04d".formatted(number);
    }

    private static String ascii(String name) {
        String plain = name.replace("ø", "o")
                .replace("Ø", "O")
                .replace("ł", "l")
                .replace("Ł", "L")
                .replace("ß", "ss");
        return Normalizer.normalize(plain, Normalizer.Form.NFD)
                .replaceAll("[^A-Za-z]", "")
                .toLowerCase(Locale.ROOT);
    }
}
