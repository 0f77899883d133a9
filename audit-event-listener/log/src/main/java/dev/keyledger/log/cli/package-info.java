/**
 * The command line of the verifier: {@code verify}, {@code prove} and {@code inspect}. It parses arguments, prints
 * lines and picks the exit code; everything else is {@code verify} and {@code bundle}. The last package of the DAG.
 */
@NullMarked
package dev.keyledger.log.cli;

import org.jspecify.annotations.NullMarked;
