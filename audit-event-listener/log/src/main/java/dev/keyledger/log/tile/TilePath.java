package dev.keyledger.log.tile;

import dev.keyledger.log.FormatException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The paths of tiles: {@code tile/<level>/<index>[.p/<width>]} and {@code tile/entries/<index>[.p/<width>]}, the index
 * in groups of three digits, all but the last with an {@code x} before: {@code tile/0/x001/x234/067}.
 */
public final class TilePath {
    private static final Pattern PATH =
            Pattern.compile("tile/(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

    private TilePath() {}

    public static String format(TileId tile) {
        StringBuilder path = new StringBuilder("tile/");
        path.append(tile.isEntries() ? "entries" : Integer.toString(tile.level()))
                .append('/');
        String digits = Long.toString(tile.index());
        String padded = "0".repeat((3 - digits.length() % 3) % 3) + digits;
        for (int i = 0; i < padded.length(); i += 3) {
            boolean last = i + 3 == padded.length();
            path.append(last ? "" : "x").append(padded, i, i + 3).append(last ? "" : "/");
        }
        return tile.isFull()
                ? path.toString()
                : path.append(".p/").append(tile.width()).toString();
    }

    /** Parses a path; the one spelling that {@link #format} gives is the only one accepted. */
    public static TileId parse(String path) {
        Matcher matcher = PATH.matcher(path);
        if (!matcher.matches()) {
            throw new FormatException("not the path of a tile: " + FormatException.quote(path));
        }
        String level = matcher.group(1);
        String width = matcher.group(3);
        long index = Long.parseLong(matcher.group(2).replace("x", "").replace("/", ""));
        try {
            TileId tile = new TileId(
                    level.equals("entries") ? TileId.ENTRIES : Integer.parseInt(level),
                    index,
                    width == null ? TileId.FULL : Integer.parseInt(width));
            if (format(tile).equals(path)) {
                return tile;
            }
        } catch (IllegalArgumentException e) {
            throw new FormatException("not the path of a tile: " + FormatException.quote(path), e);
        }
        throw new FormatException("not the path of a tile: " + FormatException.quote(path));
    }
}
