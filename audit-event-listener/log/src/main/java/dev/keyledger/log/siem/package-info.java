/**
 * The log's entries and checkpoints in the words of other systems: OCSF events, CloudEvents, syslog messages (RFC 5424,
 * RFC 5425) and signed webhooks (Standard Webhooks). Only texts are made here; who sends them stands elsewhere. Stands on
 * {@code entry}, {@code checkpoint}, {@code merkle} and {@code json}.
 */
@NullMarked
package dev.keyledger.log.siem;

import org.jspecify.annotations.NullMarked;
