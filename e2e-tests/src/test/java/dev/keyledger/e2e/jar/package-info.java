/** What the shipped jar holds, and what it must not. */
@NullMarked
package dev.keyledger.e2e.jar;

import org.jspecify.annotations.NullMarked;
