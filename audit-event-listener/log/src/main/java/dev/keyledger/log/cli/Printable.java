package dev.keyledger.log.cli;

/** Text from a bundle made fit for a terminal: one line, no control or direction-changing characters. */
final class Printable {
    private Printable() {}

    static String line(String text) {
        StringBuilder line = new StringBuilder();
        text.codePoints().forEach(c -> {
            int type = Character.getType(c);
            boolean unsafe = type == Character.CONTROL
                    || type == Character.FORMAT
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR
                    || type == Character.SURROGATE;
            line.appendCodePoint(unsafe ? '?' : c);
        });
        return line.toString();
    }
}
