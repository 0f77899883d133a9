package dev.keyledger.audit.admin;

import dev.keyledger.audit.runtime.RealmPolicy;
import dev.keyledger.audit.storage.LogDirectory;
import dev.keyledger.log.FormatException;
import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonReader;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** What of a realm is recorded. */
public final class PolicyResource {
    private final RealmPolicy policy;
    private final Caller caller;

    /** Throws unless the caller may configure the log. */
    PolicyResource(RealmLog log, Caller caller) {
        if (log.realmId().equals(LogDirectory.SERVER)) {
            throw BadRequest.notFound("the server's own policy is what its options say");
        }
        caller.requireConfigure();
        this.policy = log.runtime().policy(log.realmId());
        this.caller = caller;
    }

    /** The policy in force. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public String get() {
        return CanonicalJson.format(policy.shown());
    }

    /** Replaces the policy; it is in force on every node within one interval of the sequencer. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public String put(String body) {
        try {
            return CanonicalJson.format(policy.change(caller.session(), JsonReader.parseObject(body)));
        } catch (FormatException e) {
            throw BadRequest.error(400, "invalid_request", String.valueOf(e.getMessage()));
        }
    }
}
