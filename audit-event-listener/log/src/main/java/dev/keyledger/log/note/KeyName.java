package dev.keyledger.log.note;

import dev.keyledger.log.FormatException;

/** The rule for key names: not empty, no Unicode space, no control character, no plus sign. */
final class KeyName {
    private static final int MAX = 512;

    private KeyName() {}

    static String check(String name) {
        boolean bad = name.isEmpty()
                || name.length() > MAX
                || name.codePoints()
                        .anyMatch(c -> c == '+'
                                || Character.isISOControl(c)
                                || Character.isWhitespace(c)
                                || Character.isSpaceChar(c)
                                || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
        if (bad) {
            throw new FormatException("not a key name: " + FormatException.quote(name));
        }
        return name;
    }
}
