/**
 * The orchestration: {@link dev.keyledger.scim.service.ScimService} takes a request apart, validates it, checks its conditions
 * and calls the {@link dev.keyledger.scim.service.ResourceStore}, the only port of the core.
 *
 * <p>Commit point: none here. All calls of one request run in the caller's transaction; a thrown error means that the caller
 * rolls back, a returned {@link dev.keyledger.scim.service.Outcome} that it may commit.
 *
 * <p>Place: the top of the graph.
 */
@NullMarked
package dev.keyledger.scim.service;

import org.jspecify.annotations.NullMarked;
