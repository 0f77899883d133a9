/**
 * Archives of the audit log in a bucket of an S3-compatible object storage. Stands on {@code dev.keyledger.audit.archive} and
 * the AWS SDK, which the shipped jar holds under names of its own.
 */
@NullMarked
package dev.keyledger.s3;

import org.jspecify.annotations.NullMarked;
