package dev.keyledger.audit.health;

import dev.keyledger.audit.runtime.AuditRuntime;
import io.smallrye.health.api.HealthGroup;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * {@code /health/group/keyledger} of the management port: DOWN while a log is halted, something is not as it was
 * written, nobody seals, a key is not to be had, the witness cannot be written, a log is without a quorum of its witnesses, or
 * archives, time stamps or a sink of the whole server have failed for too long. For monitoring; it takes no node out of a load
 * balancer.
 */
@HealthGroup("keyledger")
public class AuditAlarmCheck implements HealthCheck {
    @Override
    public HealthCheckResponse call() {
        AuditRuntime.Holder holder = AuditHealth.holder().orElse(null);
        return holder == null
                ? HealthCheckResponse.named(AuditHealth.NAME).down().build()
                : AuditHealth.describe(holder.runtime())
                        .status(AuditHealth.isWell(holder))
                        .build();
    }
}
