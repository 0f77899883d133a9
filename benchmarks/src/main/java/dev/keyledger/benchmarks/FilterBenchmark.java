package dev.keyledger.benchmarks;

import com.unboundid.scim2.common.exceptions.BadRequestException;
import de.captaingoldfish.scim.sdk.server.filter.FilterNode;
import de.captaingoldfish.scim.sdk.server.utils.RequestUtils;
import dev.keyledger.scim.filter.Filter;
import dev.keyledger.scim.filter.FilterParser;
import dev.keyledger.scim.schema.CoreSchemas;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Parsing a filter: what every lookup of an identity provider begins with. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class FilterBenchmark {

    @Param({
        "userName eq \"alice@example.com\"",
        "emails[type eq \"work\" and value co \"@example.com\"] and (active eq true or not (title pr))"
    })
    public String filter = "";

    private final ScimSdk scimSdk = new ScimSdk();
    private final FilterParser parser = new FilterParser(CoreSchemas.USER_TYPE);

    @Benchmark
    public Filter keyledger() {
        return parser.parse(filter);
    }

    @Benchmark
    public com.unboundid.scim2.common.filters.Filter unboundId() throws BadRequestException {
        return com.unboundid.scim2.common.filters.Filter.fromString(filter);
    }

    @Benchmark
    public FilterNode scimSdk() {
        return RequestUtils.parseFilter(scimSdk.users(), filter);
    }
}
