package dev.keyledger.log.verify;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.bundle.PrivateEntry;
import dev.keyledger.log.bundle.PrivateSlot;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonString;
import org.jspecify.annotations.Nullable;

/** The entry with which a new epoch begins: what it says of the log that was left behind, if the bundle discloses it. */
final class Recovery {
    private Recovery() {}

    static String describe(Finding.Span span, @Nullable PrivateEntry parts) {
        String known = span + ": this epoch goes on where an earlier log was halted";
        PrivateSlot change = parts == null ? null : parts.slots().get(Slot.CHANGE);
        if (!(change instanceof PrivateSlot.Open open && open.value().get("details") instanceof JsonObject details)) {
            return known + "; the bundle does not disclose more";
        }
        return known + ", " + text(details, "database.origin") + " at size " + number(details, "database.size")
                + " with root " + text(details, "database.root") + "; halted because "
                + text(details, "halted") + "; left behind because " + text(details, "reason");
    }

    private static String text(JsonObject details, String name) {
        return details.get(name) instanceof JsonString text ? FormatException.quote(text.value()) : "(not told)";
    }

    private static String number(JsonObject details, String name) {
        return details.get(name) instanceof JsonNumber number ? number.format() : "(not told)";
    }
}
