package dev.keyledger.log.bundle;

/** The fixed paths of a bundle; tiles stand at their C2SP paths beside them. */
public final class BundlePath {
    public static final String README = "README.txt";
    public static final String KEYS = "keys.txt";
    public static final String CHECKPOINT = "checkpoint";
    public static final String OLD_CHECKPOINT = "checkpoint.old";

    /** The hashes of the proof from {@link #OLD_CHECKPOINT} to {@link #CHECKPOINT}, base64, one a line. */
    public static final String CONSISTENCY = "consistency.txt";

    /** One {@link PrivateEntry} a line, in index order. */
    public static final String PRIVATE = "private.jsonl";

    /** The private parts of an archive as the log stores them, encrypted: see {@link SealedPart}. */
    public static final String SEALED = "private.sealed.jsonl";

    /** The leaves of a partial bundle, one {@code {"index":5,"leaf":"<base64>"}} a line, in index order. */
    public static final String LEAVES = "leaves.jsonl";

    /** Where the proofs of the entries that introduce keys are. */
    public static final String ROTATIONS = "rotations/";

    /** Where time stamps are: {@code <tree size>.tsr}, and beside each the checkpoint that it is of. */
    public static final String TIMESTAMPS = "tsa/";

    /** What follows the size in the name of an authority's answer, RFC 3161. */
    public static final String RESPONSE = ".tsr";

    /** What follows it in the name of the checkpoint. */
    public static final String STAMPED = ".checkpoint";

    private static final String PROOF = ".tlog-proof";

    private BundlePath() {}

    /** The proof of an entry that introduces a key, with its leaf as {@code extra}: see {@link LogKey}. */
    public static String rotation(long index) {
        return ROTATIONS + index + PROOF;
    }

    /** The proof of one entry of a partial bundle. */
    public static String proof(long index) {
        return "proofs/" + index + PROOF;
    }
}
