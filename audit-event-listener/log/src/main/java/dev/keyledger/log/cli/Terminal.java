package dev.keyledger.log.cli;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;

/** Whether somebody is looking. */
final class Terminal {
    private Terminal() {}

    /** Up to Java 21 a console is a terminal; from 22 on it is one if it says so itself. */
    @SuppressWarnings("SystemConsoleNull") // both ways of asking are here
    static boolean isPresent() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("Console.isTerminal is public and throws nothing", e);
        }
    }
}
