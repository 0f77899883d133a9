/**
 * The evidence bundle: what an auditor takes home. {@link dev.keyledger.log.bundle.BundleWriter} streams a zip from a
 * stored tree; {@link dev.keyledger.log.bundle.LogSource} reads one back, from the zip or from a folder, which may as
 * well be a plain C2SP tlog-tiles folder. The layout is normative in {@code docs/log-format.md}. Stands on {@code tile},
 * {@code checkpoint} and {@code entry}.
 */
@NullMarked
package dev.keyledger.log.bundle;

import org.jspecify.annotations.NullMarked;
