package dev.keyledger.scim.filter;

import com.fasterxml.jackson.databind.node.BaseJsonNode;
import dev.keyledger.scim.path.AttributePath;
import java.util.List;

/** Writes a filter as text that parses to an equal filter, with no more parentheses than precedence needs. */
final class FilterPrinter implements FilterVisitor<StringBuilder> {
    private final StringBuilder text;
    private final boolean inside;

    private FilterPrinter(StringBuilder text, boolean inside) {
        this.text = text;
        this.inside = inside;
    }

    static String print(Filter filter) {
        return filter.accept(new FilterPrinter(new StringBuilder(), false)).toString();
    }

    /** The text of a filter that stands between the brackets of a value path. */
    static String printInside(Filter filter) {
        return filter.accept(new FilterPrinter(new StringBuilder(), true)).toString();
    }

    @Override
    public StringBuilder visit(Filter.And and) {
        return join(and.operands(), " and ");
    }

    @Override
    public StringBuilder visit(Filter.Or or) {
        return join(or.operands(), " or ");
    }

    @Override
    public StringBuilder visit(Filter.Not not) {
        text.append("not (");
        return not.operand().accept(this).append(')');
    }

    @Override
    public StringBuilder visit(Filter.Comparison comparison) {
        return path(comparison.path())
                .append(' ')
                .append(comparison.operator().keyword())
                .append(' ')
                .append(comparison.value() instanceof BaseJsonNode value ? value.toString() : comparison.value());
    }

    @Override
    public StringBuilder visit(Filter.Present present) {
        return path(present.path()).append(" pr");
    }

    @Override
    public StringBuilder visit(Filter.ValuePath valuePath) {
        text.append(valuePath.path().notation()).append('[');
        return valuePath.filter().accept(new FilterPrinter(text, true)).append(']');
    }

    private StringBuilder join(List<Filter> operands, String word) {
        String separator = "";
        for (Filter operand : operands) {
            text.append(separator);
            boolean grouped = operand instanceof Filter.Or;
            text.append(grouped ? "(" : "");
            operand.accept(this).append(grouped ? ")" : "");
            separator = word;
        }
        return text;
    }

    private StringBuilder path(AttributePath path) {
        if (!inside) {
            return text.append(path.notation());
        }
        return text.append(
                path.subAttribute() == null ? "value" : path.subAttribute().name());
    }
}
