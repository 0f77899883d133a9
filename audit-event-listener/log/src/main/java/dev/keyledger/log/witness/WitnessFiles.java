package dev.keyledger.log.witness;

import dev.keyledger.log.FormatException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Append-only files, one {@link WitnessRecord} a line. A path that ends in {@code .jsonl} is one file that
 * all writers share, each holding the file's lock while it appends; any other is a folder in which every writer has a
 * file of its own, {@code keyledger-<writer>.jsonl}, and all of them are read.
 *
 * <p>Commit point of {@link #append}: the file is forced to its disk. Before it: the records may be there, or a part of
 * the last line, which readers pass over and the next writer ends with a newline; whoever was told of an exception
 * appends again, and a record that is there twice is no harm. After it: every later reader finds them.
 *
 * <p>Nothing is ever changed, renamed or deleted, so the files may be append-only to the operating system as well. A
 * file that has reached its largest size is followed by {@code <name>.1}, {@code .2}..., which begins with the newest
 * record of every log: the two newest files of a writer hold all that is to be known, and older ones may be taken away.
 *
 * <p>Thread-safe.
 */
public final class WitnessFiles {
    /** Bytes of a file that is followed by a new one: some 200,000 checkpoints. */
    public static final long MAX_BYTES = 64L << 20;

    private static final int MAX_LINE = 1 << 20;
    private static final String PREFIX = "keyledger-";
    private static final String SUFFIX = ".jsonl";

    private final Path folder;
    private final String name;
    private final Pattern pattern;
    private final long maxBytes;
    private final Map<Path, Long> offsets = new HashMap<>();
    private final NewestRecords newest = new NewestRecords();
    private long passedOver;

    private WitnessFiles(Path folder, String name, Pattern pattern, long maxBytes) {
        this.folder = folder;
        this.name = name;
        this.pattern = pattern;
        this.maxBytes = maxBytes;
    }

    /**
     * The files at a path; nothing is opened yet. The folder must exist: were it made, a volume that is not mounted
     * would look like an empty one.
     *
     * @param writer names this writer's own file in a folder
     */
    public static WitnessFiles at(Path path, String writer, long maxBytes) {
        if (!path.toString().endsWith(SUFFIX)) {
            String own = PREFIX + writer.replaceAll("[^A-Za-z0-9-]", "_") + SUFFIX;
            return new WitnessFiles(path, own, pattern(PREFIX + "[A-Za-z0-9_-]+" + Pattern.quote(SUFFIX)), maxBytes);
        }
        Path file = path.toAbsolutePath();
        Path parent = file.getParent();
        Path last = file.getFileName();
        if (parent == null || last == null) {
            throw new IllegalArgumentException("witness file is " + path + ", want a file in a folder");
        }
        return new WitnessFiles(parent, last.toString(), pattern(Pattern.quote(last.toString())), maxBytes);
    }

    private static Pattern pattern(String base) {
        return Pattern.compile("(" + base + ")(?:\\.([1-9][0-9]{0,8}))?");
    }

    /** Reads what was appended since the last time, by anybody. */
    public synchronized void refresh() throws IOException {
        for (Map.Entry<String, NavigableMap<Integer, Path>> writer : files().entrySet()) {
            for (Path file :
                    writer.getValue().descendingMap().values().stream().limit(2).toList()) {
                read(file);
            }
        }
    }

    /** The records of the largest size that were found or appended, by origin; more than one where roots differ. */
    public synchronized Map<String, List<WitnessRecord>> newest() {
        return new TreeMap<>(newest.byOrigin());
    }

    /** The records of the largest size of one log; empty when it was never seen. */
    public synchronized List<WitnessRecord> newest(String origin) {
        return newest.of(origin);
    }

    /** Lines that were no records: a crash or a full disk has cut them, or somebody else writes to the files. */
    public synchronized long passedOver() {
        return passedOver;
    }

    /** Appends records, at least one, and forces them to the disk, all at once. */
    public synchronized void append(List<WitnessRecord> records) throws IOException {
        Path file = current();
        try (FileChannel channel = open(file)) {
            // Released when the channel is closed.
            channel.lock();
            write(channel, lines(records));
        }
        records.forEach(newest::add);
    }

    private static String lines(List<WitnessRecord> records) {
        StringBuilder lines = new StringBuilder();
        records.forEach(record -> lines.append(record.format()).append('\n'));
        return lines.toString();
    }

    private Path current() throws IOException {
        NavigableMap<Integer, Path> own = files().getOrDefault(name, new TreeMap<>());
        if (own.isEmpty()) {
            return create(folder.resolve(name));
        }
        Path last = own.lastEntry().getValue();
        if (Files.size(last) < maxBytes) {
            return last;
        }
        refresh();
        Path next = create(folder.resolve(name + "." + (own.lastKey() + 1)));
        try (FileChannel channel = open(next)) {
            channel.lock();
            write(channel, lines(newest.all()));
        }
        return next;
    }

    /** Makes the file, if it is not there, and its name durable. */
    private Path create(Path file) throws IOException {
        open(file).close();
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
        return file;
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static void write(FileChannel channel, String lines) throws IOException {
        long size = channel.size();
        // Empty lines are passed over: this ends a line that a crash or a full disk has cut.
        ByteBuffer bytes = StandardCharsets.UTF_8.encode((size == 0 ? "" : "\n") + lines);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(true);
    }

    /** The files of each writer, by number. */
    private Map<String, NavigableMap<Integer, Path>> files() throws IOException {
        Map<String, NavigableMap<Integer, Path>> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
                Matcher matcher = pattern.matcher(String.valueOf(file.getFileName()));
                if (matcher.matches()) {
                    int number = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
                    files.computeIfAbsent(matcher.group(1), writer -> new TreeMap<>())
                            .put(number, file);
                }
            }
        }
        return files;
    }

    private void read(Path file) throws IOException {
        long offset = offsets.getOrDefault(file, 0L);
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long length = in.length();
            offsets.put(file, Math.min(offset, length));
            if (length < offset) {
                throw new IOException("witness file " + file + " was cut: it has " + length + " bytes, had " + offset);
            }
            in.seek(offset);
            WitnessLines lines = new WitnessLines(MAX_LINE, this::accept);
            byte[] buffer = new byte[65_536];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                lines.feed(buffer, count);
            }
            offsets.put(file, offset + lines.consumed());
        }
    }

    private void accept(String line) {
        try {
            newest.add(WitnessRecord.parse(line));
        } catch (FormatException e) {
            // It was cut when it was written; what it would have told the next record of the log tells.
            passedOver++;
        }
    }
}
