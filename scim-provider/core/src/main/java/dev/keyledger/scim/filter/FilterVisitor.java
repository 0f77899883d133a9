package dev.keyledger.scim.filter;

/**
 * One method per kind of filter, for whoever translates a filter into something else, for example a database query.
 *
 * @param <R> what a filter becomes
 */
public interface FilterVisitor<R> {
    /** All operands match. */
    R visit(Filter.And and);

    /** At least one operand matches. */
    R visit(Filter.Or or);

    /** The operand does not match. */
    R visit(Filter.Not not);

    /** At least one value at the path compares as asked (for {@code ne}: none equals). */
    R visit(Filter.Comparison comparison);

    /** The path has a value. */
    R visit(Filter.Present present);

    /** One and the same value of a multi-valued attribute matches the inner filter. */
    R visit(Filter.ValuePath valuePath);
}
