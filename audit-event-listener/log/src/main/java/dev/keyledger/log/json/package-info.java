/**
 * The little JSON that the log needs: immutable values, a strict bounded reader, and the canonical form of RFC 8785
 * (JCS) over which commitments are computed. Not a general JSON library: there is no binding, no leniency and no
 * streaming. Stands on the exceptions of {@code dev.keyledger.log} only.
 */
@NullMarked
package dev.keyledger.log.json;

import org.jspecify.annotations.NullMarked;
