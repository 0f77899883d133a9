/** The vocabulary of SCIM 2.0 (RFC 7643, RFC 7644) that every other package of the protocol core uses. */
@NullMarked
package dev.keyledger.scim;

import org.jspecify.annotations.NullMarked;
