package dev.keyledger.log.cli;

import dev.keyledger.log.verify.Progress;
import java.io.PrintStream;
import java.util.Locale;

/** One line of a terminal that fills up, drawn anew with every percent and wiped away at the end. */
final class ProgressBar implements Progress, AutoCloseable {
    private static final int WIDTH = 40;

    private final PrintStream terminal;
    private long percent = -1;
    private int drawn;

    ProgressBar(PrintStream terminal) {
        this.terminal = terminal;
    }

    @Override
    public void reached(long done, long total) {
        long now = total <= 0 ? 100 : Math.min(100, done * 100 / total);
        if (now == percent) {
            return;
        }
        percent = now;
        int full = (int) (now * WIDTH / 100);
        String line = String.format(
                Locale.ROOT,
                "[%s%s] %3d %%  %,d of %,d entries",
                "#".repeat(full),
                ".".repeat(WIDTH - full),
                now,
                done,
                total);
        drawn = Math.max(drawn, line.length());
        terminal.print("\r" + line);
        terminal.flush();
    }

    /** Wipes the line, so that what is printed next stands alone. */
    @Override
    public void close() {
        if (drawn > 0) {
            terminal.print("\r" + " ".repeat(drawn) + "\r");
            terminal.flush();
        }
    }
}
