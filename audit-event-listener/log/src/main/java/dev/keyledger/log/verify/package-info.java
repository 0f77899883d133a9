/**
 * The offline verifier: from the files of a bundle to a report that says what holds, what does not, and which entry or
 * range is concerned. It streams, so its memory does not grow with the log. It opens no network connection and trusts
 * nothing in the bundle but what a signature, a proof or a commitment forces it to believe. Stands on {@code bundle}.
 */
@NullMarked
package dev.keyledger.log.verify;

import org.jspecify.annotations.NullMarked;
