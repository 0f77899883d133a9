package dev.keyledger.log.bundle;

import java.io.IOException;
import java.util.List;

/** Where an archive's private parts come from. A port: the server reads its rows. */
@FunctionalInterface
public interface SealedParts {
    /** Those of the entries {@code [from, to)} in index order; called for at most 256 entries at a time, ascending. */
    List<SealedPart> read(long from, long to) throws IOException;
}
