package dev.keyledger.log.verify;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.VerificationException;
import dev.keyledger.log.bundle.PrivateEntry;
import dev.keyledger.log.bundle.PrivateSlot;
import dev.keyledger.log.entry.Commitment;
import dev.keyledger.log.entry.Disclosure;
import dev.keyledger.log.entry.Entry;
import dev.keyledger.log.entry.EntryKind;
import dev.keyledger.log.entry.Erasure;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.verify.Finding.Span;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Looks at the entries one after the other: their form, their slots, what the log says about itself, the clock. */
final class EntryCheck {
    private static final Set<String> NOTABLE =
            Set.of("KEY_ROTATION", "ERASURE", "PRUNE", "RECOVERY", "HALT", "GAP", "FORGED_STAGE");
    private static final int MAX_RECOVERIES = 20;
    private static final int PROGRESS = 256;
    private static final String ENTRIES = "entries";
    private static final String COMMITMENTS = "commitments";

    private final String origin;
    private final PrivateLines privateLines;
    private final KeyChain chain;
    private final Findings findings;
    private final LongConsumer progress;
    private final Map<String, Integer> notable = new TreeMap<>();
    private final ErasureCheck erasures;
    private long count;
    private long open;
    private long sealed;
    private long erased;
    private long missing;
    private long mismatch;
    private long firstTime = -1;
    private long newestTime = -1;
    private long largestStepBack;

    EntryCheck(String origin, PrivateLines privateLines, KeyChain chain, Findings findings, LongConsumer progress) {
        this.origin = origin;
        this.privateLines = privateLines;
        this.chain = chain;
        this.findings = findings;
        this.progress = progress;
        this.erasures = new ErasureCheck(origin, findings);
    }

    /** Looks at the next leaf; an empty one has been lost. Called in ascending order. */
    void accept(long index, byte[] leaf) {
        count++;
        if (count % PROGRESS == 0) {
            progress.accept(count);
        }
        erasures.reached(index);
        Span span = new Span(index, index + 1);
        PrivateEntry parts = privateLines.of(index);
        if (leaf.length == 0) {
            findings.fail(ENTRIES, span, "is missing from the log's storage");
            return;
        }
        Entry entry;
        try {
            entry = Entry.parse(leaf);
        } catch (FormatException e) {
            findings.fail(ENTRIES, span, "is no entry of this format: " + e.getMessage());
            return;
        }
        if (!entry.origin().equals(origin)) {
            findings.fail(ENTRIES, span, "was made for the log " + FormatException.quote(entry.origin()));
        }
        clock(entry.time());
        if (entry.kind() == EntryKind.SYSTEM && NOTABLE.contains(entry.operation())) {
            notable.merge(entry.operation(), 1, Integer::sum);
            if (Erasure.isErasure(entry)) {
                erasures.erasure(span, entry, parts);
            }
            if (entry.operation().equals("RECOVERY") && notable.getOrDefault("RECOVERY", 0) <= MAX_RECOVERIES) {
                findings.ok("recovery", Recovery.describe(span, parts));
            }
            chain.readInTree(index, entry);
        }
        slots(span, entry, parts);
    }

    long count() {
        return count;
    }

    /**
     * Adds the closing lines. The range is that of the bundle.
     *
     * @param selected whether the bundle has but some entries of it
     */
    void close(long from, long to, boolean selected) {
        privateLines.drain();
        missing += erasures.close(from, to, selected);
        findings.close(
                COMMITMENTS,
                "open " + open + ", sealed " + sealed + ", erased " + erased + ", missing " + missing + ", mismatch "
                        + mismatch);
        findings.ok("events", notable.isEmpty() ? "no rotation, erasure, prune, recovery or halt" : notable.toString());
        if (count > 0 && firstTime >= 0) {
            findings.ok(
                    "clock",
                    "first " + Instant.ofEpochMilli(firstTime) + ", newest " + Instant.ofEpochMilli(newestTime)
                            + ", largest step back " + largestStepBack + " ms");
        }
    }

    private void slots(Span span, Entry entry, @Nullable PrivateEntry parts) {
        for (Map.Entry<Slot, Commitment> committed : entry.commitments().entrySet()) {
            PrivateSlot part = parts == null ? null : parts.slots().get(committed.getKey());
            slot(span, entry, committed, part);
        }
        if (parts != null
                && !entry.commitments().keySet().containsAll(parts.slots().keySet())) {
            mismatch++;
            findings.fail(COMMITMENTS, span, "private.jsonl has a slot that the entry does not commit to");
        }
    }

    private void slot(Span span, Entry entry, Map.Entry<Slot, Commitment> committed, @Nullable PrivateSlot part) {
        Slot slot = committed.getKey();
        if (part instanceof PrivateSlot.Open disclosed) {
            try {
                committed
                        .getValue()
                        .verify(origin, entry.id(), new Disclosure(slot, disclosed.salt(), disclosed.value()));
                open++;
            } catch (VerificationException e) {
                mismatch++;
                findings.fail(COMMITMENTS, span, e.getMessage() + " (OPEN+MISMATCH)");
            }
        } else if (part instanceof PrivateSlot.Erased gone) {
            erased++;
            erasures.claimed(span.from(), slot, gone.erasureIndex());
        } else if (part instanceof PrivateSlot.Sealed || !privateLines.isPresent()) {
            sealed++;
        } else {
            missing++;
            findings.fail(
                    COMMITMENTS, span, "slot " + slot.label() + " is gone and no erasure accounts for it (MISSING)");
        }
    }

    private void clock(long time) {
        if (firstTime < 0) {
            firstTime = time;
        }
        largestStepBack = Math.max(largestStepBack, newestTime - time);
        newestTime = Math.max(newestTime, time);
    }
}
