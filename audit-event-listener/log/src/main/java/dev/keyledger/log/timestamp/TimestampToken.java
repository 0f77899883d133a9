package dev.keyledger.log.timestamp;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.VerificationException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A time stamp token, RFC 3161: an authority says that some bytes existed at a time. What is checked here needs the JDK
 * alone: that the token is about these bytes, that it is signed (CMS, RFC 5652) by the certificate that it carries, and
 * that this one is for time stamps and was valid then. Whether the certificate's issuer is to be trusted is for whoever
 * has a root to compare it with. Immutable.
 */
public final class TimestampToken {
    private static final String SIGNED_DATA = "1.2.840.113549.1.7.2";
    private static final String TST_INFO = "1.2.840.113549.1.9.16.1.4";
    private static final String MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
    private static final String TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
    private static final int CERTIFICATES = 0xa0;
    private static final int SIGNED_ATTRIBUTES = 0xa0;
    private static final Map<String, String> DIGESTS = Map.of(
            "2.16.840.1.101.3.4.2.1",
            "SHA-256",
            "2.16.840.1.101.3.4.2.2",
            "SHA-384",
            "2.16.840.1.101.3.4.2.3",
            "SHA-512");
    private static final Map<String, String> SIGNATURES = Map.of(
            "1.2.840.113549.1.1.1", "RSA",
            "1.2.840.113549.1.1.11", "RSA",
            "1.2.840.113549.1.1.12", "RSA",
            "1.2.840.113549.1.1.13", "RSA",
            "1.2.840.10045.2.1", "ECDSA",
            "1.2.840.10045.4.3.2", "ECDSA",
            "1.2.840.10045.4.3.3", "ECDSA",
            "1.2.840.10045.4.3.4", "ECDSA");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

    private final Der signedData;
    private final byte[] info;
    private final String imprintDigest;
    private final byte[] imprint;
    private final Instant time;

    private TimestampToken(Der token) {
        if (!token.child(0).oid().equals(SIGNED_DATA)) {
            throw new FormatException("time stamp is not signed data");
        }
        this.signedData = token.child(1).child(0).want(Der.SEQUENCE);
        Der encapsulated = signedData.child(2);
        if (!encapsulated.child(0).oid().equals(TST_INFO)) {
            throw new FormatException("what is signed is no time stamp");
        }
        this.info = encapsulated.child(1).child(0).want(Der.OCTETS).content();
        Der fields = Der.parse(info).want(Der.SEQUENCE);
        this.imprintDigest = digest(fields.child(2).child(0).child(0));
        this.imprint = fields.child(2).child(1).want(Der.OCTETS).content();
        this.time = time(new String(fields.child(4).want(Der.TIME).content(), StandardCharsets.US_ASCII));
    }

    /** Reads an authority's answer, or the token alone. */
    public static TimestampToken parse(byte[] response) {
        Der outer = Der.parse(response).want(Der.SEQUENCE);
        return new TimestampToken(outer.child(0).tag() == Der.OID ? outer : outer.child(1));
    }

    /** When the authority says that the bytes existed. */
    public Instant time() {
        return time;
    }

    /**
     * Returns the name of who signed it, when it is a time stamp of these bytes and the certificate that it carries has
     * signed it.
     */
    public String verify(byte[] bytes) throws VerificationException {
        try {
            if (!MessageDigest.isEqual(MessageDigest.getInstance(imprintDigest).digest(bytes), imprint)) {
                throw new VerificationException("the time stamp is of something else");
            }
            Der signer = signedData
                    .children()
                    .get(signedData.children().size() - 1)
                    .want(Der.SET)
                    .child(0);
            for (X509Certificate certificate : certificates()) {
                if (hasSigned(signer, certificate)) {
                    return certificate.getSubjectX500Principal().getName();
                }
            }
        } catch (GeneralSecurityException e) {
            throw new VerificationException("the time stamp's signature cannot be checked: " + e.getMessage());
        }
        throw new VerificationException("no certificate for time stamps that was valid then has signed the time stamp");
    }

    private boolean hasSigned(Der signer, X509Certificate certificate) throws GeneralSecurityException {
        List<String> usage = certificate.getExtendedKeyUsage();
        if (usage == null
                || !usage.contains(TIME_STAMPING)
                || time.isBefore(certificate.getNotBefore().toInstant())
                || time.isAfter(certificate.getNotAfter().toInstant())) {
            return false;
        }
        String digest = digest(signer.child(2).child(0));
        Der attributes = signer.child(3).want(SIGNED_ATTRIBUTES);
        Signature signature = Signature.getInstance(
                digest.replace("-", "") + "with" + algorithm(signer.child(4).child(0)));
        signature.initVerify(certificate.getPublicKey());
        // They are signed as a SET, and stand there under a tag of their own.
        byte[] signed = attributes.encoded();
        signed[0] = (byte) Der.SET;
        signature.update(signed);
        return MessageDigest.isEqual(MessageDigest.getInstance(digest).digest(info), messageDigest(attributes))
                && signature.verify(signer.child(5).want(Der.OCTETS).content());
    }

    private List<X509Certificate> certificates() throws CertificateException {
        Der set = signedData.child(3).want(CERTIFICATES);
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> certificates = new ArrayList<>();
        for (Der certificate : set.children()) {
            certificates.add(
                    (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(certificate.encoded())));
        }
        return certificates;
    }

    private static byte[] messageDigest(Der attributes) {
        for (Der attribute : attributes.children()) {
            if (attribute.child(0).oid().equals(MESSAGE_DIGEST)) {
                return attribute.child(1).child(0).want(Der.OCTETS).content();
            }
        }
        throw new FormatException("time stamp has no signed digest");
    }

    private static String algorithm(Der oid) throws GeneralSecurityException {
        String algorithm = SIGNATURES.get(oid.oid());
        if (algorithm == null) {
            throw new GeneralSecurityException("algorithm " + oid.oid() + " is not known here");
        }
        return algorithm;
    }

    private static String digest(Der oid) {
        String digest = DIGESTS.get(oid.oid());
        if (digest == null) {
            throw new FormatException("time stamp uses the digest " + oid.oid() + ", want one of SHA-2");
        }
        return digest;
    }

    private static Instant time(String text) {
        try {
            return LocalDateTime.parse(text.replaceFirst("(\\.[0-9]+)?Z$", ""), TIME)
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw new FormatException("time stamp has the time " + FormatException.quote(text), e);
        }
    }
}
