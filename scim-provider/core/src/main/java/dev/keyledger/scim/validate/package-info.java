/**
 * What a client sent, made to fit the schema: {@link dev.keyledger.scim.validate.Dialect} says what the large clients mean
 * where they deviate, {@link dev.keyledger.scim.validate.ResourceValidator} checks and normalises values and resources.
 *
 * <p>Behind this package, attribute names have the schema's spelling, types are right, and unassigned values are absent.
 *
 * <p>Place: above {@code path}, below {@code filter} and {@code patch}.
 */
@NullMarked
package dev.keyledger.scim.validate;

import org.jspecify.annotations.NullMarked;
