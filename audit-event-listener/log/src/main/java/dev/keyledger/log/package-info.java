/** The transparency log: C2SP tlog-tiles over RFC 6962 Merkle trees, and their offline verifier. */
@NullMarked
package dev.keyledger.log;

import org.jspecify.annotations.NullMarked;
