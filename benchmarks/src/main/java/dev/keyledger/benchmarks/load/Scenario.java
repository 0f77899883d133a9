package dev.keyledger.benchmarks.load;

import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/** What clients do, all of them the same, each with other users. */
interface Scenario {
    int MAX_CLIENTS = 8;

    /** The script of one client; it goes on from round to round. */
    Script script(Side side, int client);

    /** Before each round, outside what is measured. */
    default void prepare(Side side) {}

    static Scenario get() {
        return (side, client) -> {
            SplittableRandom random = new SplittableRandom(client);
            return () -> Request.get("/Users/" + anyUser(side, random));
        };
    }

    static Scenario create() {
        return (side, client) -> () -> Request.post("/Users", Bodies.user(side.freshUserName(), "New"));
    }

    /** Creates that many users by each request. RFC 7644 section 3.7. */
    static Scenario bulk(int users) {
        return (side, client) -> () -> Request.bulk(IntStream.range(0, users)
                .mapToObj(i -> Bodies.user(side.freshUserName(), "New"))
                .toList());
    }

    static Scenario patchActive() {
        return (side, client) -> {
            SplittableRandom random = new SplittableRandom(client);
            boolean[] disabled = new boolean[side.userIds().size()];
            return () -> {
                int user = ownUser(side, client, random);
                disabled[user] = !disabled[user];
                return Request.patch("/Users/" + side.userIds().get(user), Bodies.active(!disabled[user]));
            };
        };
    }

    static Scenario put() {
        return (side, client) -> {
            SplittableRandom random = new SplittableRandom(client);
            int[] version = {0};
            return () -> {
                int user = ownUser(side, client, random);
                String id = side.userIds().get(user);
                return Request.put(
                        "/Users/" + id,
                        Bodies.user(side.userName(user), "Given-" + client + "-" + version[0]++)
                                .put("id", id));
            };
        };
    }

    /** Deletes users that were created for it. */
    static Scenario delete(int perRound) {
        return new Scenario() {
            private final Queue<String> doomed = new ConcurrentLinkedQueue<>();

            @Override
            public void prepare(Side side) {
                int missing = perRound - doomed.size();
                doomed.addAll(new Population(side)
                        .users(IntStream.range(0, missing)
                                .mapToObj(i -> side.freshUserName())
                                .toList()));
                side.settle();
            }

            @Override
            public Script script(Side side, int client) {
                return () -> {
                    String id = doomed.poll();
                    return id == null ? null : Request.delete("/Users/" + id);
                };
            }
        };
    }

    /** Puts one user into a group of that many and takes it out again. */
    static Scenario patchMembers(int members) {
        return (side, client) -> {
            String path = "/Groups/" + group(side, members);
            // the last users of all are in no group
            String user = side.userIds().get(side.userIds().size() - 1 - client);
            boolean[] in = {false};
            return () -> {
                in[0] = !in[0];
                return Request.patch(path, in[0] ? Bodies.addMembers(List.of(user)) : Bodies.removeMember(user));
            };
        };
    }

    static Scenario readGroup(int members) {
        return (side, client) -> {
            String path = "/Groups/" + group(side, members) + "?attributes=displayName,members";
            return () -> Request.get(path);
        };
    }

    static Scenario page(int count, String more) {
        return (side, client) -> {
            SplittableRandom random = new SplittableRandom(client);
            return () -> {
                int start = 1 + random.nextInt(side.userIds().size() - count);
                return Request.get("/Users?startIndex=" + start + "&count=" + count + more);
            };
        };
    }

    /** Each client changes users of its own, or some requests would change nothing. */
    private static int ownUser(Side side, int client, SplittableRandom random) {
        return random.nextInt(side.userIds().size() / MAX_CLIENTS) * MAX_CLIENTS + client;
    }

    private static String anyUser(Side side, SplittableRandom random) {
        return side.userIds().get(random.nextInt(side.userIds().size()));
    }

    /** The page that the cursor of a walk over all users leads to, after that share of them. RFC 9865. */
    static Scenario cursorPage(int count, double share) {
        return (side, client) -> {
            String path = side.once(
                    "cursor at " + share,
                    () -> new Walk(side, count)
                            .pathBehind((long) (side.userIds().size() * share)));
            return () -> Request.get(path);
        };
    }

    private static String group(Side side, int members) {
        return side.once("group of " + members, () -> new Population(side).group("group of " + members, members));
    }
}
