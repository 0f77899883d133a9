package dev.keyledger.audit.admin;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.tile.TileId;
import dev.keyledger.log.tile.TilePath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Tiles and entry bundles of the signed tree, as tlog-tiles names them. */
public final class TileResource {
    private final RealmLog log;

    TileResource(RealmLog log) {
        this.log = log;
    }

    @GET
    @Path("{path: .+}")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public byte[] tile(@PathParam("path") String path) {
        TileId id;
        try {
            id = TilePath.parse("tile/" + path);
        } catch (FormatException e) {
            throw BadRequest.notFound("no such tile");
        }
        long hashes = TileId.hashes(log.status().signedSize(), id.level());
        if (id.start() + id.width() > hashes) {
            throw BadRequest.notFound("the signed tree has " + hashes + " hashes at that level");
        }
        long end = id.start() + TileId.FULL;
        if (id.isEntries() && end <= log.pruned().minIndex()) {
            throw BadRequest.error(
                    410,
                    "pruned",
                    "entries of this bundle were pruned from the database; they are in the archive "
                            + log.pruned().archives(id.start(), end));
        }
        return id.isEntries()
                ? log.tiles().entries(id).encode()
                : log.tiles().tile(id).encode();
    }
}
