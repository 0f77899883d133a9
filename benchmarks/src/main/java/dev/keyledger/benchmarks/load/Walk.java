package dev.keyledger.benchmarks.load;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyledger.e2e.Http;

/** A walk over all users, page by page, by cursors. RFC 9865 section 2. */
final class Walk {
    private final Side side;
    private final String pages;

    Walk(Side side, int count) {
        this.side = side;
        this.pages = "/Users?count=" + count + "&cursor";
    }

    /** The path of the first page that begins behind that many users. */
    String pathBehind(long users) {
        String path = pages;
        long seen = 0;
        try (Wire wire = side.connect()) {
            while (seen < users) {
                JsonNode page = Side.json(wire.send(Request.get(path)));
                seen += page.path("Resources").size();
                JsonNode next = page.path("nextCursor");
                if (!next.isTextual()) {
                    throw new IllegalStateException("the walk ended behind " + seen + " users, want " + users);
                }
                path = pages + "=" + Http.encode(next.textValue());
            }
        }
        return path;
    }
}
