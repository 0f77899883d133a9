/** An enterprise day, replayed over real HTTP. */
@NullMarked
package dev.keyledger.demo;

import org.jspecify.annotations.NullMarked;
