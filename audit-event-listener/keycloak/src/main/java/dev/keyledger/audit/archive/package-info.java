/**
 * Where archives of logs are kept: the port {@link dev.keyledger.audit.archive.ArchiveStore}, a folder behind it, and the
 * options. What is behind it for S3 is a jar of its own, {@code keyledger-s3}, which fills {@link
 * dev.keyledger.audit.archive.S3StoreMaker}. Knows no other package of the rim.
 */
@NullMarked
package dev.keyledger.audit.archive;

import org.jspecify.annotations.NullMarked;
