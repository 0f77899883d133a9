package dev.keyledger.audit.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Where archives are kept, each written once under a name that has its hash, such as {@code
 * acme/0-65536-0f3c9a1b2c3d4e5f.keyledger.zip}. Nothing here deletes: a store that cannot be made to forget is the one
 * wanted. Thread-safe.
 */
public interface ArchiveStore {
    /** The place as its operator knows it, such as {@code /mnt/audit-archive} or {@code s3://bucket/prefix}. */
    String describe();

    /**
     * Finds out whether archives can be kept here as the options ask, before one is made.
     *
     * @throws IOException when not; the message says what to mend
     */
    void check() throws IOException;

    /**
     * Writes a file. When this returns, the store says that it has it, and keeps it for as long as the options ask.
     *
     * @param name one or more segments of {@code [A-Za-z0-9%._-]}, separated by slashes
     * @param sha256 of the file, hexadecimal
     * @throws IOException when it has it not, or does not keep it so; under this name there may be anything or nothing
     */
    void put(String name, Path file, String sha256) throws IOException;

    /**
     * Reads what is kept under a name.
     *
     * @throws java.nio.file.NoSuchFileException when nothing is
     */
    InputStream open(String name) throws IOException;

    /**
     * Reads what is kept under a name, whole.
     *
     * @param sha256 what it is to have, hexadecimal
     * @throws IOException when it is missing, cannot be read, or is something else
     */
    default void confirm(String name, String sha256) throws IOException {
        try (InputStream in = open(name)) {
            String found = sha256(in);
            if (!found.equals(sha256)) {
                throw new IOException(
                        "archive " + name + " in " + describe() + " has SHA-256 " + found + ", want " + sha256);
            }
        }
    }

    /** The SHA-256 of a file, hexadecimal. */
    static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return sha256(in);
        }
    }

    private static String sha256(InputStream bytes) throws IOException {
        try {
            DigestInputStream in = new DigestInputStream(bytes, MessageDigest.getInstance("SHA-256"));
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
