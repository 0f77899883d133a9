package dev.keyledger.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.messages.PatchRequest;
import com.unboundid.scim2.common.utils.JsonUtils;
import de.captaingoldfish.scim.sdk.common.resources.User;
import dev.keyledger.scim.patch.PatchApplier;
import dev.keyledger.scim.resource.Resource;
import dev.keyledger.scim.schema.CoreSchemas;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Five operations on a user, from the parsed body to the changed copy. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class PatchBenchmark {
    private final ObjectNode before = Samples.json(Samples.USER).put("id", "u1");
    private final ObjectNode patch = Samples.json(Samples.PATCH);
    private final PatchApplier applier = new PatchApplier(CoreSchemas.USER_TYPE);
    private final Resource resource = Resource.of(before);
    private final ScimSdk scimSdk = new ScimSdk();

    @Benchmark
    public Resource keyledger() {
        return applier.apply(resource, dev.keyledger.scim.patch.PatchRequest.parse(patch, CoreSchemas.USER_TYPE));
    }

    /** Without a schema: nothing is checked. */
    @Benchmark
    public ObjectNode unboundId() throws JsonProcessingException, ScimException {
        ObjectNode copy = before.deepCopy();
        for (var operation : JsonUtils.nodeToValue(patch, PatchRequest.class)) {
            operation.apply(copy);
        }
        return copy;
    }

    @Benchmark
    public User scimSdk() {
        return ScimSdk.patch(scimSdk.users(), User.class, before, patch);
    }
}
