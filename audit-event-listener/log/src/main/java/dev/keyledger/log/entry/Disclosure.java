package dev.keyledger.log.entry;

import dev.keyledger.log.json.JsonObject;

/** A slot with the salt and the value that open its commitment: what an auditor is shown, or what capture seals. */
public record Disclosure(Slot slot, Salt salt, JsonObject value) {}
