/**
 * What is left when a server is killed: at every point between capture, sealing, signing and publishing, and as one node of
 * a cluster. A server is stopped exactly at a point by a debugger ({@link dev.keyledger.e2e.crash.Debugger}), so the product
 * has no hook for it.
 */
@NullMarked
package dev.keyledger.e2e.crash;

import org.jspecify.annotations.NullMarked;
