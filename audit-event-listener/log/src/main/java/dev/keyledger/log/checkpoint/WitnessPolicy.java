package dev.keyledger.log.checkpoint;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.VerificationException;
import dev.keyledger.log.note.MlDsa44;
import dev.keyledger.log.note.Note;
import dev.keyledger.log.note.NoteSignature;
import dev.keyledger.log.note.SignatureType;
import dev.keyledger.log.note.VerifierKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which logs an auditor trusts and which witnesses must have cosigned, a tlog-policy file:
 *
 * <pre>
 * log audit.example.com/kc/realm-a+34e3ab70+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4
 * witness w1 witness.example.org/w1+f3c080b6+BCmsuuFBvMrwsi4alNNNC8c2HlJtC/4SyJeUvJMilm3X
 * group any-of-mine 1 w1
 * quorum any-of-mine
 * </pre>
 *
 * Immutable.
 */
public final class WitnessPolicy {
    private static final String NONE = "none";
    private static final int MAX_CHARACTERS = 1_000_000;

    private final List<VerifierKey> logs;
    private final Map<String, Witness> witnesses;
    private final Map<String, Group> groups;
    private final String quorum;

    private WitnessPolicy(Parser parser, String quorum) {
        this.logs = List.copyOf(parser.logs);
        this.witnesses = Collections.unmodifiableMap(parser.witnesses);
        this.groups = Collections.unmodifiableMap(parser.groups);
        this.quorum = quorum;
    }

    /** Parses a policy file; empty lines and lines that start with {@code #} are skipped. */
    public static WitnessPolicy parse(String text) {
        if (text.length() > MAX_CHARACTERS) {
            throw new FormatException("policy has " + text.length() + " characters, want at most " + MAX_CHARACTERS);
        }
        Parser parser = new Parser();
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                parser.line(i + 1, line.split("[ \t]+"));
            }
        }
        if (parser.quorum.size() != 1) {
            throw new FormatException("policy has " + parser.quorum.size() + " quorum lines, want 1");
        }
        return new WitnessPolicy(parser, parser.quorum.get(0));
    }

    /**
     * A witness of the policy.
     *
     * @param name in the policy file, nowhere else
     * @param url what it says for submissions, as it stands there; null when it says none
     */
    public record Witness(
            String name, VerifierKey vkey, @Nullable String url) {}

    /** The witnesses, in the order of the file. */
    public List<Witness> witnesses() {
        return List.copyOf(witnesses.values());
    }

    /** Whether these witnesses, by their names in the file, make the quorum. */
    public boolean isSatisfiedBy(Set<String> names) {
        return quorum.equals(NONE) || holds(quorum, names);
    }

    /** The keys of the logs that the policy trusts. */
    public List<VerifierKey> logs() {
        return logs;
    }

    /**
     * Looks which witnesses have cosigned the note. A line that names a witness and does not verify counts as absent
     * and is told in {@link Result#rejected}.
     */
    public Result evaluate(Note note) {
        Map<String, Long> cosigned = new TreeMap<>();
        List<String> rejected = new ArrayList<>();
        for (Witness witness : witnesses.values()) {
            for (NoteSignature line : note.signatures()) {
                if (isVerifiable(witness.vkey()) && line.isBy(witness.vkey())) {
                    try {
                        Cosignature cosignature = Cosignature.parse(line);
                        cosignature.verify(witness.vkey(), note);
                        cosigned.merge(witness.name(), cosignature.timestamp(), Math::max);
                    } catch (VerificationException | FormatException e) {
                        rejected.add(e.getMessage());
                    }
                }
            }
        }
        return new Result(isSatisfiedBy(cosigned.keySet()), witnesses.size(), cosigned, rejected);
    }

    private static boolean isVerifiable(VerifierKey witness) {
        return witness.type() == SignatureType.COSIGNATURE
                || (witness.type() == SignatureType.ML_DSA_44 && MlDsa44.isSupported());
    }

    private boolean holds(String name, Set<String> cosigned) {
        Group group = groups.get(name);
        if (group == null) {
            return cosigned.contains(name);
        }
        long count = group.members().stream()
                .filter(member -> holds(member, cosigned))
                .count();
        return count >= group.threshold();
    }

    /**
     * What a note offers to the policy.
     *
     * @param satisfied whether the quorum is there
     * @param witnesses how many the policy knows
     * @param cosigned the names of those who cosigned, with their newest time in POSIX seconds
     * @param rejected why lines that name a witness do not count
     */
    public record Result(boolean satisfied, int witnesses, Map<String, Long> cosigned, List<String> rejected) {}

    private record Group(int threshold, List<String> members) {}

    private static final class Parser {
        private final List<VerifierKey> logs = new ArrayList<>();
        private final Map<String, Witness> witnesses = new LinkedHashMap<>();
        private final Map<String, Group> groups = new LinkedHashMap<>();
        private final Set<String> grouped = new HashSet<>();
        private final List<String> quorum = new ArrayList<>();

        void line(int number, String[] words) {
            switch (words[0]) {
                case "log" -> {
                    want(number, words, 2, 3);
                    logs.add(VerifierKey.parse(words[1]));
                }
                case "witness" -> {
                    want(number, words, 3, 4);
                    define(number, words[1]);
                    witnesses.put(words[1], witness(number, words));
                }
                case "group" -> {
                    want(number, words, 4, Integer.MAX_VALUE);
                    define(number, words[1]);
                    groups.put(words[1], group(number, words));
                }
                case "quorum" -> {
                    want(number, words, 2, 2);
                    if (!words[1].equals(NONE)) {
                        known(number, words[1]);
                    }
                    quorum.add(words[1]);
                }
                default -> throw error(number, "starts with " + FormatException.quote(words[0]));
            }
        }

        /** Two names for one key would count it twice. */
        private Witness witness(int number, String[] words) {
            VerifierKey key = VerifierKey.parse(words[2]);
            if (witnesses.values().stream()
                    .anyMatch(known -> Arrays.equals(known.vkey().publicKey(), key.publicKey()))) {
                throw error(number, "has the key of another witness");
            }
            return new Witness(words[1], key, words.length > 3 ? words[3] : null);
        }

        private Group group(int number, String[] words) {
            List<String> members = List.of(words).subList(3, words.length);
            for (String member : members) {
                known(number, member);
                if (!grouped.add(member)) {
                    throw error(number, "puts " + FormatException.quote(member) + " into a second group");
                }
            }
            int threshold = switch (words[2]) {
                case "any" -> 1;
                case "all" -> members.size();
                default -> words[2].matches("[1-9][0-9]{0,3}") ? Integer.parseInt(words[2]) : 0;
            };
            if (threshold < 1 || threshold > members.size()) {
                throw error(number, "wants " + FormatException.quote(words[2]) + " of " + members.size());
            }
            return new Group(threshold, members);
        }

        private void define(int number, String name) {
            if (name.equals(NONE) || witnesses.containsKey(name) || groups.containsKey(name)) {
                throw error(number, "defines " + FormatException.quote(name) + " again");
            }
        }

        private void known(int number, String name) {
            if (!witnesses.containsKey(name) && !groups.containsKey(name)) {
                throw error(number, "names " + FormatException.quote(name) + ", which is not defined above it");
            }
        }

        private void want(int number, String[] words, int min, int max) {
            if (words.length < min || words.length > max) {
                throw error(number, "has " + words.length + " words, want " + min + " or more");
            }
        }

        private static FormatException error(int number, String what) {
            return new FormatException("policy line " + number + " " + what);
        }
    }
}
