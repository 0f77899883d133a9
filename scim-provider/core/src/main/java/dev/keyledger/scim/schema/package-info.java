/**
 * The schema model: what a resource type's attributes are called, what values they take, and who may read and change them.
 *
 * <p>Everything here is an immutable value. {@link dev.keyledger.scim.schema.CoreSchemas} holds the schemas of RFC 7643;
 * a realm with attributes of its own builds further {@link dev.keyledger.scim.schema.Schema}s and a
 * {@link dev.keyledger.scim.schema.ResourceType} that carries them as extensions. Nothing is looked up by reflection, so that
 * a schema can differ from realm to realm.
 *
 * <p>Place: directly above {@code dev.keyledger.scim}; every other package of the core stands on it.
 */
@NullMarked
package dev.keyledger.scim.schema;

import org.jspecify.annotations.NullMarked;
