/** Who works at Acme, and where. The same people on every run. */
@NullMarked
package dev.keyledger.demo.company;

import org.jspecify.annotations.NullMarked;
