/**
 * How much each connection is used: counted in memory by every node, and added to a row for each hour by a timer.
 *
 * <p>Place: above {@code contract} and {@code storage}; the endpoint counts.
 */
@NullMarked
package dev.keyledger.scim.keycloak.activity;

import org.jspecify.annotations.NullMarked;
