package dev.keyledger.scim.keycloak.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class InvitationsTest {
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch answers = new CountDownLatch(1);

    @Test
    void noRequestWaitsForAMailServerThatDoesNotAnswer() throws InterruptedException {
        try (Invitations mails = new Invitations(Duration.ofSeconds(20), 1, 1)) {
            mails.send(new Slow());
            begun.await();
            mails.send(new Told("second"));
            assertThat(told).isEmpty();
            answers.countDown();
        }
        assertThat(told).containsExactly("slow sent", "second sent");
    }

    @Test
    void aMailTooManyIsGivenUpAtOnce() throws InterruptedException {
        try (Invitations mails = new Invitations(Duration.ofSeconds(20), 1, 1)) {
            mails.send(new Slow());
            begun.await();
            mails.send(new Told("second"));
            mails.send(new Told("third"));
            assertThat(told).containsExactly("third: 1 mails are waiting already");
            answers.countDown();
        }
        assertThat(told).hasSize(3);
    }

    @Test
    void whatWaitsWhenTheNodeEndsIsToldIfItWasNotSent() throws InterruptedException {
        Invitations mails = new Invitations(Duration.ofMillis(1), 1, 1);
        mails.send(new Slow());
        begun.await();
        mails.send(new Told("second"));
        mails.close();
        assertThat(told).contains("second: the server ended before it was sent");
        mails.send(new Told("late"));
        assertThat(told).contains("late: the server ends");
    }

    private final class Slow implements Invitations.Mail {
        @Override
        public void run() {
            begun.countDown();
            try {
                answers.await();
            } catch (InterruptedException endOfTheServer) {
                Thread.currentThread().interrupt();
            }
            told.add("slow sent");
        }

        @Override
        public void giveUp(String reason) {
            told.add("slow: " + reason);
        }
    }

    private final class Told implements Invitations.Mail {
        private final String name;

        Told(String name) {
            this.name = name;
        }

        @Override
        public void run() {
            told.add(name + " sent");
        }

        @Override
        public void giveUp(String reason) {
            told.add(name + ": " + reason);
        }
    }
}
