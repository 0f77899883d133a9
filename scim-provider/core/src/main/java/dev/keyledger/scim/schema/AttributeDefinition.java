package dev.keyledger.scim.schema;

import java.util.List;
import java.util.Optional;

/**
 * What a schema says of one attribute or sub-attribute: its type and its characteristics.
 *
 * <p>Names compare case-insensitively everywhere; {@link #name()} is the spelling that responses use. Start one with
 * {@link #of(String, AttributeType)} and refine it with the {@code with...} methods; every definition is immutable.
 * RFC 7643 section 7.
 *
 * @param name          the attribute's name, for example {@code userName} or {@code $ref}
 * @param type          the data type
 * @param multiValued   whether the JSON value is an array
 * @param description   one sentence for people
 * @param required      whether a resource must have a value
 * @param caseExact     whether text compares with case
 * @param mutability    who may set it
 * @param returned      when responses have it
 * @param uniqueness    among whom its value is unique
 * @param canonicalValues  values that clients are advised to use; others are accepted
 * @param referenceTypes   what a reference may point to: resource type names, {@code external} or {@code uri}
 * @param subAttributes    the parts of a complex attribute, else empty
 */
public record AttributeDefinition(
        String name,
        AttributeType type,
        boolean multiValued,
        String description,
        boolean required,
        boolean caseExact,
        Mutability mutability,
        Returned returned,
        Uniqueness uniqueness,
        List<String> canonicalValues,
        List<String> referenceTypes,
        List<AttributeDefinition> subAttributes) {

    /** Copies the lists. */
    public AttributeDefinition {
        canonicalValues = List.copyOf(canonicalValues);
        referenceTypes = List.copyOf(referenceTypes);
        subAttributes = List.copyOf(subAttributes);
    }

    /** A definition with the defaults of RFC 7643 section 2.2: optional, single-valued, readWrite, returned by default, not caseExact (references and binary are). */
    public static AttributeDefinition of(String name, AttributeType type) {
        boolean caseExact = type == AttributeType.REFERENCE || type == AttributeType.BINARY;
        return new AttributeDefinition(
                name,
                type,
                false,
                "",
                false,
                caseExact,
                Mutability.READ_WRITE,
                Returned.DEFAULT,
                Uniqueness.NONE,
                List.of(),
                List.of(),
                List.of());
    }

    /** A text attribute. */
    public static AttributeDefinition string(String name) {
        return of(name, AttributeType.STRING);
    }

    /** A complex attribute of the given parts. */
    public static AttributeDefinition complex(String name, AttributeDefinition... subAttributes) {
        AttributeDefinition d = of(name, AttributeType.COMPLEX);
        return d.withSubAttributes(List.of(subAttributes));
    }

    /** A reference to the given types. */
    public static AttributeDefinition reference(String name, String... referenceTypes) {
        AttributeDefinition d = of(name, AttributeType.REFERENCE);
        return new AttributeDefinition(
                d.name,
                d.type,
                d.multiValued,
                d.description,
                d.required,
                d.caseExact,
                d.mutability,
                d.returned,
                d.uniqueness,
                d.canonicalValues,
                List.of(referenceTypes),
                d.subAttributes);
    }

    /** The sub-attribute of that name in any case. */
    public Optional<AttributeDefinition> subAttribute(String subName) {
        for (AttributeDefinition sub : subAttributes) {
            if (sub.name.equalsIgnoreCase(subName)) {
                return Optional.of(sub);
            }
        }
        return Optional.empty();
    }

    /** Whether values are objects. */
    public boolean isComplex() {
        return type == AttributeType.COMPLEX;
    }

    /** This definition with several values. */
    public AttributeDefinition asMultiValued() {
        return new AttributeDefinition(
                name,
                type,
                true,
                description,
                required,
                caseExact,
                mutability,
                returned,
                uniqueness,
                canonicalValues,
                referenceTypes,
                subAttributes);
    }

    /** This definition with another description. */
    public AttributeDefinition withDescription(String text) {
        return new AttributeDefinition(
                name,
                type,
                multiValued,
                text,
                required,
                caseExact,
                mutability,
                returned,
                uniqueness,
                canonicalValues,
                referenceTypes,
                subAttributes);
    }

    /** This definition, its value required. */
    public AttributeDefinition asRequired() {
        return new AttributeDefinition(
                name,
                type,
                multiValued,
                description,
                true,
                caseExact,
                mutability,
                returned,
                uniqueness,
                canonicalValues,
                referenceTypes,
                subAttributes);
    }

    /** This definition, comparing with case. */
    public AttributeDefinition asCaseExact() {
        return new AttributeDefinition(
                name,
                type,
                multiValued,
                description,
                required,
                true,
                mutability,
                returned,
                uniqueness,
                canonicalValues,
                referenceTypes,
                subAttributes);
    }

    /** This definition with another mutability. */
    public AttributeDefinition with(Mutability value) {
        return new AttributeDefinition(
                name,
                type,
                multiValued,
                description,
                required,
                caseExact,
                value,
                returned,
                uniqueness,
                canonicalValues,
                referenceTypes,
                subAttributes);
    }

    /** This definition with another rule of return. */
    public AttributeDefinition with(Returned value) {
        return new AttributeDefinition(
                name,
                type,
                multiValued,
                description,
                required,
                caseExact,
                mutability,
                value,
                uniqueness,
                canonicalValues,
                referenceTypes,
                subAttributes);
    }

    /** This definition with another uniqueness. */
    public AttributeDefinition with(Uniqueness value) {
        return new AttributeDefinition(
                name,
                type,
                multiValued,
                description,
                required,
                caseExact,
                mutability,
                returned,
                value,
                canonicalValues,
                referenceTypes,
                subAttributes);
    }

    /** This definition with canonical values. */
    public AttributeDefinition withCanonicalValues(String... values) {
        return new AttributeDefinition(
                name,
                type,
                multiValued,
                description,
                required,
                caseExact,
                mutability,
                returned,
                uniqueness,
                List.of(values),
                referenceTypes,
                subAttributes);
    }

    /** This definition with other parts. */
    public AttributeDefinition withSubAttributes(List<AttributeDefinition> parts) {
        return new AttributeDefinition(
                name,
                type,
                multiValued,
                description,
                required,
                caseExact,
                mutability,
                returned,
                uniqueness,
                canonicalValues,
                referenceTypes,
                parts);
    }
}
