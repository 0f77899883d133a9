package dev.keyledger.audit.storage;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.merkle.Hash;
import dev.keyledger.log.tile.EntryBundle;
import dev.keyledger.log.tile.Tile;
import dev.keyledger.log.tile.TileId;
import dev.keyledger.log.tile.TileSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts one log's tables into tiles. What a table has lost or garbled stays a hole in its place, as the port demands. */
public final class JpaTileSource implements TileSource {
    private static final int MAX_ENTRY = 65_535;
    private static final String LEAVES = "select e.logIndex, e.leafHash from EntryEntity e where e.logId = :log"
            + " and e.logIndex >= :from and e.logIndex < :to";
    private static final String NODES = "select n.nodeIndex, n.hash from NodeEntity n where n.logId = :log"
            + " and n.nodeIndex >= :from and n.nodeIndex < :to and n.tileLevel = ";

    private final String logId;
    private final Transactions transactions;

    public JpaTileSource(String logId, Transactions transactions) {
        this.logId = logId;
        this.transactions = transactions;
    }

    /** The leaf hashes are those of the entries, and of what was pruned those that were stored before. */
    @Override
    public Tile tile(TileId id) {
        Hash[] hashes = new Hash[id.width()];
        int found = id.level() == 0 ? fill(hashes, LEAVES, id) : 0;
        if (found < id.width()) {
            fill(hashes, NODES + id.level(), id);
        }
        return new Tile(
                id,
                Arrays.stream(hashes)
                        .map(hash -> hash == null ? Hash.ZERO : hash)
                        .toList());
    }

    /** Fills in what is not known yet; answers how many rows there were. */
    private int fill(@Nullable Hash[] hashes, String query, TileId id) {
        List<Object[]> rows = rows(query, id);
        for (Object[] row : rows) {
            int at = (int) ((Long) row[0] - id.start());
            hashes[at] = hashes[at] == null ? hash((String) row[1]) : hashes[at];
        }
        return rows.size();
    }

    @Override
    public EntryBundle entries(TileId id) {
        List<byte[]> entries = new ArrayList<>(Collections.nCopies(id.width(), new byte[0]));
        String query = "select e.logIndex, e.leaf from EntryEntity e where e.logId = :log"
                + " and e.logIndex >= :from and e.logIndex < :to";
        for (Object[] row : rows(query, id)) {
            byte[] leaf = ((String) row[1]).getBytes(StandardCharsets.UTF_8);
            entries.set((int) ((Long) row[0] - id.start()), leaf.length > MAX_ENTRY ? new byte[0] : leaf);
        }
        return EntryBundle.of(id, entries);
    }

    private List<Object[]> rows(String query, TileId id) {
        return transactions.run(em -> em.createQuery(query, Object[].class)
                .setParameter("log", logId)
                .setParameter("from", id.start())
                .setParameter("to", id.start() + id.width())
                .getResultList());
    }

    private static Hash hash(String base64) {
        try {
            return Hash.ofBase64(base64);
        } catch (FormatException e) {
            return Hash.ZERO;
        }
    }
}
