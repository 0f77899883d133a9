package dev.keyledger.scim.filter;

import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.path.AttributePath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Makes of a filter an equal one that asks less often for a value of a multi-valued attribute, because each such question is a
 * look into other rows: {@code emails[a] or emails.value co "b"} is {@code emails[a or value co "b"]}, and
 * {@code not (emails[a]) and not (emails[b])} is {@code not (emails[a or b])}. What is asked only once stays as it is.
 */
public final class ValuePaths implements FilterVisitor<Filter> {
    /** The most questions for a value that are left. */
    public static final int MAX = 50;

    private int left;

    private ValuePaths() {}

    /** The filter with its questions put together; throws {@code tooMany} if more than {@value #MAX} are left. */
    public static Filter together(Filter filter) {
        ValuePaths run = new ValuePaths();
        Filter together = filter.accept(run);
        if (run.left > MAX) {
            throw ScimException.tooMany("the filter asks " + run.left
                    + " times for a value of a multi-valued attribute, at most " + MAX + " times it may");
        }
        return together;
    }

    @Override
    public Filter visit(Filter.And and) {
        List<Filter> operands = together(
                and.operands(),
                operand -> operand instanceof Filter.Not not ? question(not.operand()) : complement(operand),
                Filter.Not::new);
        return operands.size() == 1 ? operands.get(0) : new Filter.And(operands);
    }

    @Override
    public Filter visit(Filter.Or or) {
        List<Filter> operands = together(or.operands(), ValuePaths::question, UnaryOperator.identity());
        return operands.size() == 1 ? operands.get(0) : new Filter.Or(operands);
    }

    @Override
    public Filter visit(Filter.Not not) {
        return new Filter.Not(not.operand().accept(this));
    }

    @Override
    public Filter visit(Filter.Comparison comparison) {
        return counted(comparison);
    }

    @Override
    public Filter visit(Filter.Present present) {
        return counted(present);
    }

    @Override
    public Filter visit(Filter.ValuePath valuePath) {
        return counted(valuePath);
    }

    private Filter counted(Filter leaf) {
        left += question(leaf) != null || complement(leaf) != null ? 1 : 0;
        return leaf;
    }

    private List<Filter> together(
            List<Filter> operands, Function<Filter, Filter.@Nullable ValuePath> asked, UnaryOperator<Filter> answer) {
        Map<String, List<Filter.ValuePath>> questions = new LinkedHashMap<>();
        for (Filter operand : operands) {
            Filter.ValuePath question = asked.apply(operand);
            if (question != null) {
                questions
                        .computeIfAbsent(question.path().notation(), path -> new ArrayList<>())
                        .add(question);
            }
        }
        questions.values().removeIf(several -> several.size() < 2);
        List<Filter> result = new ArrayList<>();
        for (List<Filter.ValuePath> several : questions.values()) {
            Filter any =
                    new Filter.Or(several.stream().map(Filter.ValuePath::filter).toList());
            result.add(answer.apply(counted(new Filter.ValuePath(several.get(0).path(), any))));
        }
        for (Filter operand : operands) {
            Filter.ValuePath question = asked.apply(operand);
            if (question == null || !questions.containsKey(question.path().notation())) {
                result.add(operand.accept(this));
            }
        }
        return result;
    }

    /** The value that the filter asks for, or null if it asks for none. */
    private static Filter.@Nullable ValuePath question(Filter filter) {
        if (filter instanceof Filter.ValuePath valuePath) {
            return valuePath;
        }
        if (filter instanceof Filter.Comparison comparison && comparison.operator() != Operator.NE) {
            return isOfValues(comparison.path())
                    ? new Filter.ValuePath(comparison.path().parent(), filter)
                    : null;
        }
        return filter instanceof Filter.Present present && isOfValues(present.path())
                ? new Filter.ValuePath(present.path().parent(), filter)
                : null;
    }

    /** The value that must not be there, or null: a comparison by {@code ne} is true if there is none that is equal. */
    private static Filter.@Nullable ValuePath complement(Filter filter) {
        return filter instanceof Filter.Comparison comparison && comparison.operator() == Operator.NE
                ? question(new Filter.Comparison(comparison.path(), Operator.EQ, comparison.value()))
                : null;
    }

    private static boolean isOfValues(AttributePath path) {
        return path.subAttribute() != null && path.attribute().multiValued();
    }
}
