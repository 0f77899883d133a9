package dev.keyledger.audit.archive;

import java.io.IOException;

/**
 * Makes the store of archives in a bucket. The jar {@code keyledger-s3} fills it; the main jar finds it with {@link
 * java.util.ServiceLoader} and does without as long as no bucket is wanted.
 */
public interface S3StoreMaker {
    /**
     * Asks nobody yet: whatever is wrong with the bucket or the credentials, the store's methods say.
     *
     * @param secretKey asked whenever it is needed, if the settings have an access key
     */
    ArchiveStore make(S3Settings settings, Secret secretKey);

    /** A secret that is read when it is needed. */
    @FunctionalInterface
    interface Secret {
        /**
         * The secret as it is now.
         *
         * @throws IOException when it is not to be had; the message says why
         */
        String read() throws IOException;
    }
}
