package dev.keyledger.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Stops Keycloak when this process ends, whatever it is doing then: augmenting, starting, playing or waiting. Ctrl-C reaches
 * Keycloak too when it comes from a terminal, and only this process when it comes from elsewhere; both end well.
 */
final class Curtain {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(45);

    private final PrintStream out;
    private volatile boolean falling;

    Curtain(PrintStream out) {
        this.out = out;
    }

    void hang() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::fall, "demo-curtain"));
    }

    /** Does not return once the process is ending: what fails then fails because of it, and is nobody's news. */
    void holdIfFalling() {
        while (falling) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void fall() {
        falling = true;
        List<ProcessHandle> children = ProcessHandle.current().descendants().toList();
        if (children.isEmpty()) {
            return;
        }
        out.println();
        out.println("Stopping Keycloak ...");
        children.forEach(ProcessHandle::destroy);
        children.forEach(Curtain::await);
        out.println("Keycloak has stopped; its data stays for the next run.");
        out.flush();
    }

    private static void await(ProcessHandle child) {
        try {
            child.onExit().get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            child.destroyForcibly();
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot wait for process " + child.pid(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
