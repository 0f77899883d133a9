package dev.keyledger.audit.health;

import dev.keyledger.audit.runtime.AuditRuntime;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * The log's part of {@code /health/ready}: shows how it is, and is UP all the same, because a node whose log is halted
 * serves and records as before, and another node would be in the same state. The option {@code health-readiness} says
 * otherwise.
 */
@Readiness
public class AuditReadyCheck implements HealthCheck {
    @Override
    public HealthCheckResponse call() {
        AuditRuntime.Holder holder = AuditHealth.holder().orElse(null);
        if (holder == null) {
            return HealthCheckResponse.named(AuditHealth.NAME).up().build();
        }
        boolean up = !holder.alarmsMakeNotReady() || AuditHealth.isWell(holder);
        return AuditHealth.describe(holder.runtime()).status(up).build();
    }
}
