package dev.keyledger.audit.admin;

import dev.keyledger.audit.storage.EntryQuery;
import dev.keyledger.audit.storage.EntrySearch;
import dev.keyledger.audit.storage.FoundEntry;
import dev.keyledger.audit.storage.PrivateReader;
import dev.keyledger.audit.storage.Timestamps;
import dev.keyledger.log.FormatException;
import dev.keyledger.log.bundle.BundleRequest;
import dev.keyledger.log.bundle.BundleWriter;
import dev.keyledger.log.bundle.PrivateSlot;
import dev.keyledger.log.bundle.Selection;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.entry.Slot;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Evidence bundles of one log: what goes in, and how they leave. */
record Bundles(RealmLog log, String realmName) {
    static final String TYPE = "application/zip";

    /** How many bytes the bundle will have, by a sample of it: a zip's size is known when it is written. */
    static final String BYTES_ABOUT = "Keyledger-Bytes-About";

    /** Each is two lines of a manifest that has to be read at once, and a proof of its own. */
    static final int MAX_SELECTED = 100_000;

    private static final int PAGE = 250;

    /** The slots whose values a bundle discloses: all, or some of them, with a comma between, or {@code none}. */
    static Set<Slot> disclosed(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return EnumSet.allOf(Slot.class);
        }
        Set<Slot> slots = EnumSet.noneOf(Slot.class);
        try {
            for (String label : text.strip().equals("none") ? List.<String>of() : List.of(text.split(",", -1))) {
                slots.add(Slot.parse(label.strip()));
            }
        } catch (FormatException e) {
            throw BadRequest.parameter("disclose", text, "some of actor,target,change,net, or none");
        }
        return slots;
    }

    /** Everything up to a checkpoint, with the values of these slots. */
    BundleRequest complete(SignedCheckpoint checkpoint, Set<Slot> disclosed) throws IOException {
        return BundleRequest.complete(
                        checkpoint, log.tiles(), log.privateParts().disclosing(disclosed), log.keyHistory(checkpoint))
                .stamped(new Timestamps(log.runtime().transactions())
                        .newest(log.logId(), checkpoint.checkpoint().head().size())
                        .orElse(null))
                .createdBy("keyledger", log.now());
    }

    /**
     * What a search finds below a size of the log, and with it the erasures that account for what is gone from that.
     *
     * @param filters what was searched for, as the manifest names it
     */
    Selection select(EntryQuery query, long size, Map<String, String> filters) {
        SortedSet<Long> indices = new TreeSet<>();
        PrivateReader parts = log.privateParts();
        EntryQuery.Cursor place = null;
        do {
            EntrySearch.Page page = log.search().page(query.behind(place, PAGE));
            List<Long> found = page.entries().stream()
                    .map(FoundEntry::index)
                    .filter(index -> index != null && index < size)
                    .toList();
            indices.addAll(found);
            parts.erased(found)
                    .values()
                    .forEach(slots -> slots.values().forEach(state -> {
                        if (state instanceof PrivateSlot.Erased by && by.erasureIndex() < size) {
                            indices.add(by.erasureIndex());
                        }
                    }));
            if (indices.size() > MAX_SELECTED) {
                throw BadRequest.error(
                        400,
                        "too_many",
                        "the search finds more than the " + MAX_SELECTED
                                + " entries that a bundle of a search may have; narrow it, or ask for a range"
                                + " (bundle)");
            }
            place = page.next();
        } while (place != null);
        return Selection.of(indices, filters);
    }

    /** @param before done before the first byte is written */
    Response response(BundleRequest request, Runnable before) throws IOException {
        StreamingOutput zip = out -> {
            before.run();
            BundleWriter.write(request, out);
        };
        String name = realmName.replaceAll("[^A-Za-z0-9._-]", "_") + "-"
                + request.checkpoint().checkpoint().head().size() + ".keyledger.zip";
        return Response.ok(zip, TYPE)
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .header(BYTES_ABOUT, BundleWriter.about(request))
                .build();
    }
}
