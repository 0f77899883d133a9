package dev.keyledger.demo.day;

import java.io.PrintStream;

/** Shows each scene as a line that grows a dot for every fifth request, on a terminal and in a file alike. */
public final class Progress {

    private static final int TITLE = 66;
    private static final int REQUESTS_PER_DOT = 5;

    private final PrintStream out;
    private int requests;
    private int total;

    public Progress(PrintStream out) {
        this.out = out;
    }

    /** One scene: {@code clock} such as {@code 08:30}, and what happens in it. */
    public void scene(String clock, String what, Runnable scene) {
        String title = "  %s  %s ".formatted(clock, what);
        out.print(title + " ".repeat(Math.max(0, TITLE - title.length())));
        out.flush();
        requests = 0;
        scene.run();
        out.println(" %d requests".formatted(requests));
        out.flush();
    }

    /** One more request was answered. */
    public void tick() {
        requests++;
        total++;
        if (requests % REQUESTS_PER_DOT == 0) {
            out.print('.');
            out.flush();
        }
    }

    /** Requests of all scenes so far. */
    public int total() {
        return total;
    }
}
