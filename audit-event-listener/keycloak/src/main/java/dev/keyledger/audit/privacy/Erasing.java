package dev.keyledger.audit.privacy;

/**
 * How far an erasure is that is under way. Whom it erases is not told.
 *
 * @param since epoch milliseconds
 * @param seen when a run was last seen at it, epoch milliseconds
 * @param looked how many entries were looked at for what tells of the person, {@code 0 <= looked <= toLook}
 * @param entries how many have lost a slot
 */
public record Erasing(String reason, long since, long seen, long looked, long toLook, long entries) {}
