/** How the pages get into the stock admin console. */
@NullMarked
package dev.keyledger.console;

import org.jspecify.annotations.NullMarked;
