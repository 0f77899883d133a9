package dev.keyledger.log.merkle;

import dev.keyledger.log.FormatException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** A SHA-256 hash: 32 bytes, never shared with a caller. Immutable and thread-safe. */
public final class Hash {
    /** Bytes of a hash. */
    public static final int SIZE = 32;

    /** 32 zero bytes: what a storage puts in the place of a hash that it has lost. No input is known to hash to it. */
    public static final Hash ZERO = new Hash(new byte[SIZE]);

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Copies 32 bytes. */
    public static Hash of(byte[] bytes) {
        if (bytes.length != SIZE) {
            throw new FormatException("hash has " + bytes.length + " bytes, want " + SIZE);
        }
        return new Hash(bytes.clone());
    }

    /** Copies the 32 bytes that start at {@code offset}. */
    public static Hash of(byte[] bytes, int offset) {
        return new Hash(Arrays.copyOfRange(bytes, offset, offset + SIZE));
    }

    /** Takes the bytes over without a copy; the caller forgets them. */
    static Hash owning(byte[] bytes) {
        return new Hash(bytes);
    }

    /** Parses 44 characters of padded standard base64; other spellings of the same bytes are refused. */
    public static Hash ofBase64(String base64) {
        byte[] decoded;
        try {
            decoded = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new FormatException("hash is not base64: " + FormatException.quote(base64), e);
        }
        Hash hash = of(decoded);
        if (!hash.toBase64().equals(base64)) {
            throw new FormatException("hash is not in canonical base64: " + FormatException.quote(base64));
        }
        return hash;
    }

    /** Parses 64 hexadecimal digits. */
    public static Hash ofHex(String hex) {
        try {
            return of(HexFormat.of().parseHex(hex));
        } catch (FormatException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new FormatException("hash is not hexadecimal: " + FormatException.quote(hex), e);
        }
    }

    public byte[] toBytes() {
        return bytes.clone();
    }

    /** Standard base64 with padding, 44 characters. */
    public String toBase64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Lower-case hexadecimal, 64 digits. */
    public String toHex() {
        return HexFormat.of().formatHex(bytes);
    }

    byte[] raw() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The base64 form. */
    @Override
    public String toString() {
        return toBase64();
    }
}
