package dev.keyledger.log.json;

import dev.keyledger.log.FormatException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * A JSON number, which in the canonical form is an IEEE 754 double (RFC 8785 section 3.2.2.3). An integer beyond {@code
 * ±(2^53 - 1)} loses digits; put such values into strings.
 *
 * @param value finite; minus zero is zero
 */
public record JsonNumber(double value) implements JsonValue {
    private static final double MAX_SAFE = 9_007_199_254_740_991d;
    private static final int MAX_DIGITS = 17;

    public JsonNumber {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new FormatException("number is not finite");
        }
        value = value == 0 ? 0 : value;
    }

    /** Makes a number of an integer within {@code ±(2^53 - 1)}. */
    public static JsonNumber of(long integer) {
        if (Math.abs((double) integer) > MAX_SAFE) {
            throw new FormatException("integer " + integer + " is beyond 2^53 - 1");
        }
        return new JsonNumber(integer);
    }

    /** Returns the value when it is an integer within {@code ±(2^53 - 1)}. */
    public long integer() {
        if (value != Math.rint(value) || Math.abs(value) > MAX_SAFE) {
            throw new FormatException("number " + format() + " is not an integer within 2^53 - 1");
        }
        return (long) value;
    }

    /** The shortest decimal that reads back to the same double, laid out as ECMAScript's Number::toString does. */
    public String format() {
        if (value == Math.rint(value) && Math.abs(value) <= MAX_SAFE) {
            return Long.toString((long) value);
        }
        BigDecimal shortest = shortest(Math.abs(value)).stripTrailingZeros();
        String digits = shortest.unscaledValue().toString();
        int point = digits.length() - shortest.scale();
        return (value < 0 ? "-" : "") + layout(digits, point);
    }

    /** The decimal is 0.digits times 10^point. */
    private static String layout(String digits, int point) {
        int length = digits.length();
        if (length <= point && point <= 21) {
            return digits + "0".repeat(point - length);
        }
        if (0 < point && point <= 21) {
            return digits.substring(0, point) + "." + digits.substring(point);
        }
        if (-6 < point && point <= 0) {
            return "0." + "0".repeat(-point) + digits;
        }
        int exponent = point - 1;
        String mantissa = length == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        return mantissa + "e" + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
    }

    // Double.toString is not always the shortest form before JDK 19.
    private static BigDecimal shortest(double value) {
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 1; digits < MAX_DIGITS; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() == value) {
                return rounded;
            }
        }
        return exact.round(new MathContext(MAX_DIGITS, RoundingMode.HALF_EVEN));
    }
}
