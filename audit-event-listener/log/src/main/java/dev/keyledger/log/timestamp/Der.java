package dev.keyledger.log.timestamp;

import dev.keyledger.log.FormatException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One element of a DER encoding, X.690: as much of it as a time stamp needs. */
final class Der {
    static final int INTEGER = 0x02;
    static final int OCTETS = 0x04;
    static final int OID = 0x06;
    static final int TIME = 0x18;
    static final int SEQUENCE = 0x30;
    static final int SET = 0x31;

    private final byte[] bytes;
    private final int start;
    private final int content;
    private final int end;

    private Der(byte[] bytes, int start, int limit) {
        this.bytes = bytes;
        this.start = start;
        if (limit - start < 2) {
            throw new FormatException("DER is cut off at byte " + start);
        }
        int first = bytes[start + 1] & 0xff;
        int more = first < 0x80 ? 0 : first - 0x80;
        if (more > 3 || first == 0x80 || limit - start - 2 < more) {
            throw new FormatException("DER has a length that is not read, at byte " + start);
        }
        int length = more == 0 ? first : 0;
        for (int i = 0; i < more; i++) {
            length = length << 8 | (bytes[start + 2 + i] & 0xff);
        }
        this.content = start + 2 + more;
        if (length > limit - content) {
            throw new FormatException("DER is cut off at byte " + start);
        }
        this.end = content + length;
    }

    /** Reads the element that the bytes begin with. */
    static Der parse(byte[] bytes) {
        return new Der(bytes, 0, bytes.length);
    }

    int tag() {
        return bytes[start] & 0xff;
    }

    /** The element itself, if it has this tag. */
    Der want(int tag) {
        if (tag() != tag) {
            throw new FormatException(String.format("DER has tag %02x at byte %d, want %02x", tag(), start, tag));
        }
        return this;
    }

    List<Der> children() {
        List<Der> children = new ArrayList<>();
        for (int at = content; at < end; ) {
            Der child = new Der(bytes, at, end);
            children.add(child);
            at = child.end;
        }
        return children;
    }

    Der child(int index) {
        List<Der> children = children();
        if (index >= children.size()) {
            throw new FormatException(
                    "DER has " + children.size() + " elements at byte " + start + ", want more than " + index);
        }
        return children.get(index);
    }

    byte[] content() {
        return Arrays.copyOfRange(bytes, content, end);
    }

    byte[] encoded() {
        return Arrays.copyOfRange(bytes, start, end);
    }

    BigInteger integer() {
        want(INTEGER);
        if (content == end) {
            throw new FormatException("DER has an integer without bytes at byte " + start);
        }
        return new BigInteger(content());
    }

    /** An object identifier in dots. */
    String oid() {
        want(OID);
        StringBuilder oid = new StringBuilder();
        BigInteger arc = BigInteger.ZERO;
        for (int i = content; i < end; i++) {
            arc = arc.shiftLeft(7).or(BigInteger.valueOf(bytes[i] & 0x7f));
            if (bytes[i] >= 0) {
                if (oid.length() == 0) {
                    int root = Math.min(2, arc.intValue() / 40);
                    oid.append(root);
                    arc = arc.subtract(BigInteger.valueOf(root * 40L));
                }
                oid.append('.').append(arc);
                arc = BigInteger.ZERO;
            }
        }
        return oid.toString();
    }
}
