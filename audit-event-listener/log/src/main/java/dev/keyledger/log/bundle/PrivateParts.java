package dev.keyledger.log.bundle;

import java.io.IOException;
import java.util.List;

/**
 * Where a bundle's private parts come from. A port: the server decrypts its rows. For every slot that was ever captured
 * it returns a state; a slot whose row is gone and of which no erasure is known is simply left out, and the verifier
 * will say that it is missing.
 */
@FunctionalInterface
public interface PrivateParts {
    /**
     * Returns the private parts of the entries {@code [from, to)} in index order; entries without any are left out.
     * Called for at most 256 entries at a time, in ascending order.
     */
    List<PrivateEntry> read(long from, long to) throws IOException;
}
