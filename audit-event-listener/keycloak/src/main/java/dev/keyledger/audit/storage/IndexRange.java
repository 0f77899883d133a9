package dev.keyledger.audit.storage;

import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The entries that one index tells of for one value, newest first, read piece by piece as they are asked for. Each piece
 * is a walk along the index from a known place, without a sort, so it costs what it returns and not what the log holds.
 */
final class IndexRange {
    /** Every log has an index over its times. */
    static final String BY_TIME = "eventTime";

    private static final int FIRST_PIECE = 60;
    private static final int LARGEST_PIECE = 2_000;
    private static final String COLUMNS = "e.eventTime, e.logIndex, e.kind, e.operation, e.resourceType, e.success,"
            + " e.actorRef, e.actorNameRef, e.targetRef, e.targetNameRef, e.clientRef, e.ipRef, e.requestRef";

    private final EntityManager em;
    private final String logId;
    private final String column;
    private final Object value;
    private final long from;
    private final Deque<Row> read = new ArrayDeque<>();
    private EntryQuery.Cursor place;
    private int piece = FIRST_PIECE;
    private boolean isOver;

    /**
     * @param column of {@link EntryEntity}, with an index over it, the time and the leaf index; or {@link #BY_TIME}
     * @param place where it begins, exclusive
     * @param from the oldest time, inclusive
     */
    IndexRange(EntityManager em, String logId, String column, Object value, EntryQuery.Cursor place, long from) {
        this.em = em;
        this.logId = logId;
        this.column = column;
        this.value = value;
        this.place = place;
        this.from = from;
    }

    /** An entry as the search columns know it. */
    record Row(EntryQuery.Cursor place, SearchIndex index) {}

    /** The next entry, which stays; null at the end. */
    @Nullable
    Row peek() {
        if (read.isEmpty() && !isOver) {
            readPiece();
        }
        return read.peek();
    }

    /** Takes the entry that {@link #peek} showed. */
    void take() {
        read.remove();
    }

    /** No entry of this range comes before this place. */
    EntryQuery.Cursor bound() {
        Row next = read.peek();
        return next == null ? place : next.place();
    }

    /** Whether {@link #bound} is the place of an entry. */
    boolean isRead() {
        return isOver || !read.isEmpty();
    }

    /**
     * The walk. Three things make a database take the index over the column, and begin at the place: the time is bounded
     * by itself; the order names what is equal for all, too; and the value is told by a subquery, so that PostgreSQL
     * does not know it when it plans. Of a value that it knows to be common it would expect to find enough on the way
     * back through all entries, which fails where the value is not common any more.
     */
    static String jpql(String column) {
        boolean byTime = column.equals(BY_TIME);
        String type = column.equals("facet") ? "Integer" : "String";
        String equal =
                " and e." + column + " = (select cast(:value as " + type + ") from HeadEntity h where h.logId = :log)";
        return "select " + COLUMNS + " from EntryEntity e where e.logId = :log" + (byTime ? "" : equal)
                + " and e.eventTime >= :from and e.eventTime <= :time and (e.eventTime < :time or e.logIndex < :index)"
                + " order by e.logId desc, " + (byTime ? "" : "e." + column + " desc, ")
                + "e.eventTime desc, e.logIndex desc";
    }

    static TypedQuery<Object[]> query(
            EntityManager em, String logId, String column, Object value, EntryQuery.Cursor place, long from) {
        TypedQuery<Object[]> query = em.createQuery(jpql(column), Object[].class)
                .setParameter("log", logId)
                .setParameter("from", from)
                .setParameter("time", place.time())
                .setParameter("index", place.index());
        return column.equals(BY_TIME) ? query : query.setParameter("value", value);
    }

    private void readPiece() {
        for (Object[] row : query(em, logId, column, value, place, from)
                .setMaxResults(piece)
                .getResultList()) {
            read.add(row(row));
        }
        isOver = read.size() < piece;
        if (!read.isEmpty()) {
            place = read.getLast().place();
        }
        piece = Math.min(LARGEST_PIECE, piece * 2);
    }

    private static Row row(Object[] columns) {
        int i = 0;
        EntryQuery.Cursor place = new EntryQuery.Cursor((Long) columns[i++], (Long) columns[i++]);
        return new Row(
                place,
                new SearchIndex(
                        place.time(),
                        (String) columns[i++],
                        (String) columns[i++],
                        (String) columns[i++],
                        (Boolean) columns[i++],
                        (String) columns[i++],
                        (String) columns[i++],
                        (String) columns[i++],
                        (String) columns[i++],
                        (String) columns[i++],
                        (String) columns[i++],
                        (String) columns[i]));
    }
}
