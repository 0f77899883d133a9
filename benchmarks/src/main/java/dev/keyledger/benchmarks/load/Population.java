package dev.keyledger.benchmarks.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Fills a server's realm through its own SCIM endpoint, so that everybody's users are just as its clients would have them. */
final class Population {
    private static final int CLIENTS = 4;
    private static final int MEMBERS_PER_REQUEST = 1_000;

    private final Side side;

    Population(Side side) {
        this.side = side;
    }

    /** Creates the users that stay. */
    void fill(int users) {
        long start = System.nanoTime();
        side.userIds(users(
                IntStream.range(0, users).mapToObj(i -> side.freshUserName()).toList()));
        side.settle();
        System.out.printf("%s: %d users in %.0f s%n", side.name(), users, (System.nanoTime() - start) / 1e9);
    }

    /** Creates users of these names; answers their ids in the same order. */
    List<String> users(List<String> names) {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Callable<List<String>>> tasks = new ArrayList<>();
            int share = (names.size() + CLIENTS - 1) / CLIENTS;
            for (int from = 0; from < names.size(); from += share) {
                List<String> part = names.subList(from, Math.min(names.size(), from + share));
                tasks.add(() -> create(part));
            }
            List<String> ids = new ArrayList<>();
            for (Future<List<String>> part : threads.invokeAll(tasks)) {
                ids.addAll(part.get());
            }
            return ids;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while creating users", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot create users on " + side.name(), e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private List<String> create(List<String> names) {
        List<String> ids = new ArrayList<>();
        try (Wire wire = side.connect()) {
            for (String name : names) {
                ids.add(id(wire.send(Request.post("/Users", Bodies.user(name, "Given")))));
            }
        }
        return ids;
    }

    /** Creates a group of the first users; answers its id. */
    String group(String name, int members) {
        try (Wire wire = side.connect()) {
            String id = id(wire.send(Request.post("/Groups", Bodies.group(name))));
            for (int from = 0; from < members; from += MEMBERS_PER_REQUEST) {
                List<String> part = side.userIds().subList(from, Math.min(members, from + MEMBERS_PER_REQUEST));
                wire.send(Request.patch("/Groups/" + id, Bodies.addMembers(part)));
            }
            return id;
        }
    }

    private static String id(Wire.Answer created) {
        JsonNode id = Side.json(created).path("id");
        if (!id.isTextual()) {
            throw new IllegalStateException("a created resource without an id: " + created.text());
        }
        return id.asText();
    }
}
