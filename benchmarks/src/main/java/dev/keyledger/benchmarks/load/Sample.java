package dev.keyledger.benchmarks.load;

/**
 * One round.
 *
 * @param rate resources per second
 * @param cpuMillis CPU time of server and database for each resource, in ms
 * @param nanos how long each request took
 */
record Sample(double rate, double cpuMillis, long[] nanos) {}
