/** The day that is replayed: one class for each kind of scene, and {@link dev.keyledger.demo.day.Day} that puts them in order. */
@NullMarked
package dev.keyledger.demo.day;

import org.jspecify.annotations.NullMarked;
