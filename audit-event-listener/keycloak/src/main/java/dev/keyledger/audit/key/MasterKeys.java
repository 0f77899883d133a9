package dev.keyledger.audit.key;

import java.util.List;
import java.util.Optional;

/**
 * The master keys that a server has had, newest first. A new one comes with a move of the keys to another custody; the
 * older ones stay, to read what was written under them.
 */
public record MasterKeys(List<Generation> generations) {
    public MasterKeys {
        generations = List.copyOf(generations);
        if (generations.isEmpty()) {
            throw new IllegalArgumentException("a server has at least one master key");
        }
    }

    /** One that has never been replaced. */
    public static MasterKeys only(MasterKey key) {
        return new MasterKeys(List.of(new Generation(1, key, Long.MAX_VALUE)));
    }

    /** The one under which everything new is written. */
    public Generation newest() {
        return generations.get(0);
    }

    /** The one of this number; empty when another node has made a newer one. */
    public Optional<MasterKey> find(int number) {
        return generations.stream()
                .filter(generation -> generation.number() == number)
                .map(Generation::key)
                .findFirst();
    }

    /**
     * One master key.
     *
     * @param number from 1 on
     * @param capturesUntil epoch milliseconds until which rows that were staged under it are taken for this server's:
     *     other nodes stage under it until they are restarted; {@link Long#MAX_VALUE} for the newest
     */
    public record Generation(int number, MasterKey key, long capturesUntil) {}
}
