package dev.keyledger.scim.service;

import dev.keyledger.scim.project.Projection;

/**
 * How a resource is to be read.
 *
 * @param projection what of it will be used; the rest need not be loaded
 * @param toChange   whether it is read in order to change it in the same transaction: a store that can, locks it, so that
 *                   nobody else changes it in between
 */
public record Lookup(Projection projection, boolean toChange) {}
