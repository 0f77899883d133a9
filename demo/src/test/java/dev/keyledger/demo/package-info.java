@NullMarked
package dev.keyledger.demo;

import org.jspecify.annotations.NullMarked;
