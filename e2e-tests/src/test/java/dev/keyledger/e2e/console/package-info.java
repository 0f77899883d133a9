/**
 * The pages in the stock admin console, in a real browser: what an admin sees and does, and what one without the right does
 * not. Leaves a picture of each state in {@code target/screenshots} for a person to look at.
 */
@NullMarked
package dev.keyledger.e2e.console;

import org.jspecify.annotations.NullMarked;
