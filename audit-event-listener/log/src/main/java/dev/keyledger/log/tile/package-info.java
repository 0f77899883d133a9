/**
 * C2SP tlog-tiles: the tree cut into files of 256 hashes and the entries into bundles of 256. {@link
 * dev.keyledger.log.tile.TileSource} is the port from which a tree is read, be it a database, a folder or a zip, and
 * {@link dev.keyledger.log.tile.ProofBuilder} makes proofs from it. Stands on {@code merkle}.
 */
@NullMarked
package dev.keyledger.log.tile;

import org.jspecify.annotations.NullMarked;
