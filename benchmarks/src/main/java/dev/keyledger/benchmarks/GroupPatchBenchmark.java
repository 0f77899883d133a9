package dev.keyledger.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.messages.PatchRequest;
import com.unboundid.scim2.common.utils.JsonUtils;
import de.captaingoldfish.scim.sdk.common.resources.Group;
import dev.keyledger.scim.patch.MembershipPatch;
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
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One member added to a group and another one removed. Ours is a delta and never sees the other members; the libraries change
 * a group that holds them all, which here is in memory already.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class GroupPatchBenchmark {
    private static final String PATCH = """
            {'schemas':['urn:ietf:params:scim:api:messages:2.0:PatchOp'],'Operations':[
              {'op':'add','path':'members','value':[{'value':'new-member'}]},
              {'op':'remove','path':'members[value eq \\"member-5\\"]'}]}""";

    @Param({"10", "10000"})
    public int members;

    private final ObjectNode patch = Samples.json(PATCH);
    private final ScimSdk scimSdk = new ScimSdk();
    private ObjectNode group = Samples.group(0);

    @Setup
    public void fill() {
        group = Samples.group(members);
    }

    @Benchmark
    public MembershipPatch keyledger() {
        return MembershipPatch.split(dev.keyledger.scim.patch.PatchRequest.parse(patch, CoreSchemas.GROUP_TYPE))
                .orElseThrow();
    }

    @Benchmark
    public ObjectNode unboundId() throws JsonProcessingException, ScimException {
        ObjectNode copy = group.deepCopy();
        for (var operation : JsonUtils.nodeToValue(patch, PatchRequest.class)) {
            operation.apply(copy);
        }
        return copy;
    }

    @Benchmark
    public Group scimSdk() {
        return ScimSdk.patch(scimSdk.groups(), Group.class, group, patch);
    }
}
