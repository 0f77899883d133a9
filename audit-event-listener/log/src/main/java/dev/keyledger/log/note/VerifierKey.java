package dev.keyledger.log.note;

import dev.keyledger.log.FormatException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * A public key with its name: a <em>vkey</em>, in text {@code <name>+<key ID, 8 hex digits>+<base64 of type || key>},
 * for example {@code example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k}. The key ID is the first
 * four bytes of SHA-256(name || 0x0A || type || key). Immutable.
 */
public final class VerifierKey {
    private static final int MAX_VKEY = 4_000;

    private final String name;
    private final byte type;
    private final byte[] publicKey;
    private final int keyId;

    private VerifierKey(String name, byte type, byte[] publicKey) {
        this.name = KeyName.check(name);
        this.type = type;
        this.publicKey = publicKey.clone();
        this.keyId = keyId(name, type, publicKey);
    }

    /** Makes a key of type {@link SignatureType#ED25519} from its 32 raw bytes (RFC 8032). */
    public static VerifierKey ed25519(String name, byte[] publicKey) {
        return of(name, SignatureType.ED25519, publicKey);
    }

    /** Makes a key of any type; Ed25519 types want 32 bytes, ML-DSA-44 wants 1,312. */
    public static VerifierKey of(String name, byte type, byte[] publicKey) {
        int want = length(type);
        if (want > 0 && publicKey.length != want) {
            throw new FormatException("public key of type " + SignatureType.describe(type) + " has " + publicKey.length
                    + " bytes, want " + want);
        }
        return new VerifierKey(name, type, publicKey);
    }

    /** Parses a vkey. The key ID in it must be the one that its key has. */
    public static VerifierKey parse(String vkey) {
        int first = vkey.indexOf('+');
        int second = first < 0 ? -1 : vkey.indexOf('+', first + 1);
        if (second < 0 || vkey.length() > MAX_VKEY) {
            throw new FormatException("vkey is not <name>+<key ID>+<base64>: " + FormatException.quote(vkey));
        }
        byte[] key;
        try {
            key = Base64.getDecoder().decode(vkey.substring(second + 1));
        } catch (IllegalArgumentException e) {
            throw new FormatException("vkey has no base64 key: " + FormatException.quote(vkey), e);
        }
        if (key.length < 2) {
            throw new FormatException("vkey has no key: " + FormatException.quote(vkey));
        }
        VerifierKey parsed = of(vkey.substring(0, first), key[0], Arrays.copyOfRange(key, 1, key.length));
        if (!parsed.keyIdHex().equals(vkey.substring(first + 1, second))) {
            throw new FormatException("vkey has key ID " + FormatException.quote(vkey.substring(first + 1, second))
                    + ", want " + parsed.keyIdHex());
        }
        return parsed;
    }

    public String name() {
        return name;
    }

    /** The type byte, see {@link SignatureType}. */
    public byte type() {
        return type;
    }

    public int keyId() {
        return keyId;
    }

    /** Eight lower-case hexadecimal digits. */
    public String keyIdHex() {
        return String.format("%08x", keyId);
    }

    /** A copy of the raw public key. */
    public byte[] publicKey() {
        return publicKey.clone();
    }

    /** The vkey text that {@link #parse} reads. */
    @Override
    public String toString() {
        byte[] typed = new byte[publicKey.length + 1];
        typed[0] = type;
        System.arraycopy(publicKey, 0, typed, 1, publicKey.length);
        return name + "+" + keyIdHex() + "+" + Base64.getEncoder().encodeToString(typed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifierKey key
                && name.equals(key.name)
                && type == key.type
                && Arrays.equals(publicKey, key.publicKey);
    }

    @Override
    public int hashCode() {
        return keyId;
    }

    private static int length(byte type) {
        return switch (type) {
            case SignatureType.ED25519, SignatureType.COSIGNATURE -> 32;
            case SignatureType.ML_DSA_44 -> 1_312;
            default -> 0;
        };
    }

    private static int keyId(String name, byte type, byte[] publicKey) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) '\n');
            digest.update(type);
            byte[] hash = digest.digest(publicKey);
            return (hash[0] & 0xff) << 24 | (hash[1] & 0xff) << 16 | (hash[2] & 0xff) << 8 | (hash[3] & 0xff);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
