package dev.keyledger.log.verify;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.VerificationException;
import dev.keyledger.log.bundle.PrivateEntry;
import dev.keyledger.log.bundle.PrivateSlot;
import dev.keyledger.log.entry.Commitment;
import dev.keyledger.log.entry.Disclosure;
import dev.keyledger.log.entry.Entry;
import dev.keyledger.log.entry.ErasedSlots;
import dev.keyledger.log.entry.Erasure;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.verify.Finding.Span;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds slots that are said to be erased against the entries that are said to have done it: each lists what it accounts
 * for, under its commitment. Memory grows with the ranges of what was erased.
 */
final class ErasureCheck {
    private static final String CHECK = "commitments";
    private static final String ERASURES = "erasure";

    private final String origin;
    private final Findings findings;
    private final Map<Long, Optional<ErasedSlots>> erasures = new HashMap<>();
    private final Map<Long, ErasedSlots> claims = new TreeMap<>();
    private final Set<Long> reached = new HashSet<>();

    ErasureCheck(String origin, Findings findings) {
        this.origin = origin;
        this.findings = findings;
    }

    /** Takes in that a slot is said to be erased by an entry. Called in ascending order. */
    void claimed(long index, Slot slot, long erasure) {
        claims.computeIfAbsent(erasure, e -> new ErasedSlots()).add(index, slot);
    }

    /** Takes in that the bundle has an entry. Called in ascending order. */
    void reached(long index) {
        if (claims.containsKey(index)) {
            reached.add(index);
        }
    }

    /** Takes in an {@code ERASURE} entry, and what the bundle discloses of it. */
    void erasure(Span span, Entry entry, @Nullable PrivateEntry parts) {
        PrivateSlot change = parts == null ? null : parts.slots().get(Slot.CHANGE);
        Commitment commitment = entry.commitments().get(Slot.CHANGE);
        if (!(change instanceof PrivateSlot.Open open) || commitment == null) {
            erasures.put(span.from(), Optional.empty());
            return;
        }
        try {
            commitment.verify(origin, entry.id(), new Disclosure(Slot.CHANGE, open.salt(), open.value()));
            Erasure told = Erasure.parse(open.value());
            erasures.put(span.from(), Optional.of(told.slotsOf(origin)));
            findings.ok(
                    ERASURES,
                    span + ": erased " + told.slots().count() + " slots"
                            + (told.origin().equals(origin) ? "" : " of " + FormatException.quote(told.origin()))
                            + "; legal basis " + FormatException.quote(Erasure.legalBasis(open.value())));
        } catch (VerificationException e) {
            // That it does not open is told where the slots of all entries are.
            erasures.put(span.from(), Optional.of(new ErasedSlots()));
        } catch (FormatException e) {
            erasures.put(span.from(), Optional.of(new ErasedSlots()));
            findings.fail(CHECK, span, "is an erasure that does not list what it erased: " + e.getMessage());
        }
    }

    /** Adds what the claims come to, of a bundle of this range, or of some of its entries; answers how many have no erasure behind them. */
    int close(long from, long to, boolean selected) {
        int missing = 0;
        for (Map.Entry<Long, ErasedSlots> claim : claims.entrySet()) {
            long by = claim.getKey();
            Optional<ErasedSlots> known = erasures.get(by);
            // An erasure comes after what it erases: one that is said to stand before it need not be looked for.
            boolean leftOut =
                    selected && !reached.contains(by) && by > span(claim).from();
            if (by < from || by >= to || leftOut) {
                findings.lacking(CHECK, first(claim) + " is said to be erased by entry " + by + ", not in this bundle");
            } else if (known == null) {
                missing++;
                findings.fail(
                        CHECK, span(claim), "is said to be erased by entry " + by + ", which is no erasure (MISSING)");
            } else if (known.isEmpty()) {
                findings.lacking(
                        CHECK, first(claim) + " is said to be erased by entry " + by + ", whose list is not disclosed");
            } else {
                Optional<ErasedSlots.Place> uncovered = claim.getValue().notCoveredBy(known.get());
                missing += uncovered.isPresent() ? 1 : 0;
                uncovered.ifPresent(place -> findings.fail(
                        CHECK,
                        new Span(place.index(), place.index() + 1),
                        "slot " + place.slot().label() + " is said to be erased by entry " + by
                                + ", which does not list it (MISSING)"));
            }
        }
        return missing;
    }

    private static Span span(Map.Entry<Long, ErasedSlots> claim) {
        long index =
                claim.getValue().notCoveredBy(new ErasedSlots()).orElseThrow().index();
        return new Span(index, index + 1);
    }

    private static String first(Map.Entry<Long, ErasedSlots> claim) {
        return span(claim) + ": "
                + (claim.getValue().count() == 1 ? "a slot" : claim.getValue().count() + " slots from here on");
    }
}
