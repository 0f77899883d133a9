/** What a stranger meets before anything is built. */
@NullMarked
package dev.keyledger.e2e.setup;

import org.jspecify.annotations.NullMarked;
