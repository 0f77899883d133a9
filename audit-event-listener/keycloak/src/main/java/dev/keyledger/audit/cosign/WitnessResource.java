package dev.keyledger.audit.cosign;

import dev.keyledger.audit.runtime.AuditRuntime;
import dev.keyledger.audit.runtime.KeysUnavailableException;
import dev.keyledger.audit.storage.WitnessMemory;
import dev.keyledger.log.FormatException;
import dev.keyledger.log.VerificationException;
import dev.keyledger.log.note.Ed25519Verifier;
import dev.keyledger.log.note.NoteSignature;
import dev.keyledger.log.witness.AddCheckpoint;
import dev.keyledger.log.witness.WitnessRefusal;
import dev.keyledger.log.witness.WitnessedLogs;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * This server as a witness: C2SP tlog-witness, for anybody. {@code add-checkpoint} cosigns what continues what it has
 * cosigned before; {@code <sha256 of the origin>/checkpoint} shows that; {@code vkey} is the key, to be compared with one
 * that came another way.
 */
public final class WitnessResource {
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final int TOO_MANY = 429;
    private static final int TOO_LARGE = 413;
    private static final int UNAVAILABLE = 503;

    private final AuditRuntime runtime;
    private final WitnessedLogs logs;
    private final RequestLimits limits;

    WitnessResource(AuditRuntime runtime, WitnessedLogs logs, RequestLimits limits) {
        this.runtime = runtime;
        this.logs = logs;
        this.limits = limits;
    }

    /** Cosigns a checkpoint. */
    @POST
    @Path("add-checkpoint")
    public Response addCheckpoint(InputStream body) throws IOException {
        if (!limits.admits()) {
            return answer(TOO_MANY, "too many requests\n");
        }
        byte[] bytes = body.readNBytes(AddCheckpoint.MAX_BYTES + 1);
        if (bytes.length > AddCheckpoint.MAX_BYTES) {
            return answer(TOO_LARGE, "request has more than " + AddCheckpoint.MAX_BYTES + " bytes\n");
        }
        try {
            return cosign(AddCheckpoint.parse(bytes));
        } catch (FormatException e) {
            return refused(WitnessRefusal.badRequest(String.valueOf(e.getMessage())));
        } catch (KeysUnavailableException e) {
            return answer(UNAVAILABLE, "this witness does not have its key at present\n");
        }
    }

    /** The checkpoint that was cosigned last of a log. */
    @GET
    @Path("{hash: [0-9a-f]{64}}/checkpoint")
    public Response checkpoint(@PathParam("hash") String hash) {
        return new WitnessMemory(runtime.transactions(), runtime.clock())
                .newest(hash)
                .map(note -> answer(200, note))
                .orElseGet(() -> answer(404, "this witness has cosigned no checkpoint of that log\n"));
    }

    /** The key that cosigns, as tlog-policy wants it. */
    @GET
    @Path("vkey")
    public Response vkey() {
        try {
            return answer(200, runtime.cosigner().verifierKey() + "\n");
        } catch (KeysUnavailableException e) {
            return answer(UNAVAILABLE, "this witness does not have its key at present\n");
        }
    }

    private Response cosign(AddCheckpoint request) {
        String origin = request.checkpoint().checkpoint().origin();
        List<Ed25519Verifier> keys = origin.length() > WitnessMemory.MAX_ORIGIN ? List.of() : logs.keys(origin);
        if (keys.isEmpty()) {
            return refused(
                    WitnessRefusal.unknown("this witness does not know the log " + FormatException.quote(origin)));
        }
        List<NoteSignature> verified;
        try {
            verified = request.checkpoint().verify(keys);
        } catch (VerificationException e) {
            return refused(WitnessRefusal.forbidden(String.valueOf(e.getMessage())));
        }
        if (!limits.admits(origin)) {
            return answer(TOO_MANY, "too many requests for this log\n");
        }
        WitnessMemory.Result result = new WitnessMemory(runtime.transactions(), runtime.clock())
                .cosign(request, verified, runtime.cosigner());
        NoteSignature line = result.line();
        WitnessRefusal refusal = result.refusal();
        return refusal != null || line == null
                ? refused(refusal == null ? WitnessRefusal.unprocessable("not cosigned") : refusal)
                : answer(200, line.format());
    }

    private static Response refused(WitnessRefusal refusal) {
        return answer(refusal.status(), refusal.type(), refusal.body());
    }

    private static Response answer(int status, String body) {
        return answer(status, TEXT, body);
    }

    private static Response answer(int status, String type, String body) {
        return Response.status(status)
                .header(HttpHeaders.CONTENT_TYPE, type)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(body)
                .build();
    }
}
