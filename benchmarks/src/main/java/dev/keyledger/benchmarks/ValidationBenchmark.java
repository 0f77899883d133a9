package dev.keyledger.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.types.UserResource;
import com.unboundid.scim2.common.utils.JsonUtils;
import de.captaingoldfish.scim.sdk.common.constants.enums.HttpMethod;
import de.captaingoldfish.scim.sdk.common.resources.base.ScimObjectNode;
import de.captaingoldfish.scim.sdk.server.schemas.validation.RequestResourceValidator;
import dev.keyledger.scim.resource.Resource;
import dev.keyledger.scim.schema.CoreSchemas;
import dev.keyledger.scim.validate.ResourceValidator;
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

/**
 * A user that a client wants created, from a parsed body to what may be stored. UnboundID's common library checks no schema:
 * binding the body to its user type is the nearest that it has.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ValidationBenchmark {
    private final ObjectNode body = Samples.json(Samples.USER);
    private final ResourceValidator validator = new ResourceValidator(CoreSchemas.USER_TYPE);
    private final ScimSdk scimSdk = new ScimSdk();

    @Benchmark
    public Resource keyledger() {
        return validator.toCreate(body);
    }

    @Benchmark
    public UserResource unboundIdBinding() throws JsonProcessingException {
        return JsonUtils.nodeToValue(body, UserResource.class);
    }

    @Benchmark
    public ScimObjectNode scimSdk() {
        return new RequestResourceValidator(scimSdk.serviceProvider(), scimSdk.users(), HttpMethod.POST)
                .validateDocument(body);
    }
}
