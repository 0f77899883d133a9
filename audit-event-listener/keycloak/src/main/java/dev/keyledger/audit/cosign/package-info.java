/**
 * Witnesses, both ways: the threads that ask the witnesses of our logs for their cosignatures, and the endpoint at which
 * this server cosigns the logs of others. C2SP tlog-witness. Stands on {@code runtime} and {@code storage}.
 */
@NullMarked
package dev.keyledger.audit.cosign;

import org.jspecify.annotations.NullMarked;
