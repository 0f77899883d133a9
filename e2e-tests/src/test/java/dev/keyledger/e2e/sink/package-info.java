/** Those outside who are told the log as it happens, and what becomes of it when they are not there. */
@NullMarked
package dev.keyledger.e2e.sink;

import org.jspecify.annotations.NullMarked;
