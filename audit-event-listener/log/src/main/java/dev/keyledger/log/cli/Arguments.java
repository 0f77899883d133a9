package dev.keyledger.log.cli;

import dev.keyledger.log.FormatException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Arguments taken apart: flags, options with a value, and the rest in order. */
final class Arguments {
    private final Map<String, List<String>> options = new HashMap<>();
    private final List<String> positional = new ArrayList<>();

    /** Takes arguments apart; {@code --name value} and {@code --name=value} are the same. */
    static Arguments parse(List<String> words, Set<String> valued, Set<String> flags) throws UsageException {
        Arguments arguments = new Arguments();
        Deque<String> rest = new ArrayDeque<>(words);
        while (!rest.isEmpty()) {
            String word = rest.removeFirst();
            int equals = word.indexOf('=');
            String name = word.startsWith("--") && equals > 0 ? word.substring(0, equals) : word;
            if (!word.startsWith("--")) {
                arguments.positional.add(word);
            } else if (flags.contains(word)) {
                arguments.options.computeIfAbsent(word, key -> new ArrayList<>());
            } else if (valued.contains(name)) {
                String value = name.length() < word.length() ? word.substring(equals + 1) : rest.pollFirst();
                if (value == null) {
                    throw new UsageException(name + " wants a value");
                }
                arguments
                        .options
                        .computeIfAbsent(name, key -> new ArrayList<>())
                        .add(value);
            } else {
                throw new UsageException("no such option: " + FormatException.quote(word));
            }
        }
        return arguments;
    }

    /** The names of the flags and options that are given. */
    Set<String> options() {
        return options.keySet();
    }

    boolean has(String flag) {
        return options.containsKey(flag);
    }

    List<String> all(String option) {
        return options.getOrDefault(option, List.of());
    }

    /** The one value of an option; null when it is not given. */
    @Nullable
    String one(String option) throws UsageException {
        List<String> values = all(option);
        if (values.size() > 1) {
            throw new UsageException(option + " is given " + values.size() + " times, want once");
        }
        return values.isEmpty() ? null : values.get(0);
    }

    /** The positional arguments, of which there must be as many as there are names. */
    List<String> positional(String... names) throws UsageException {
        if (positional.size() != names.length) {
            throw new UsageException(
                    "got " + positional.size() + " arguments, want " + names.length + ": " + String.join(" ", names));
        }
        return positional;
    }

    int count() {
        return positional.size();
    }

    static long index(String text) throws UsageException {
        if (!text.matches("0|[1-9][0-9]{0,17}")) {
            throw new UsageException("not a leaf index: " + FormatException.quote(text));
        }
        return Long.parseLong(text);
    }
}
