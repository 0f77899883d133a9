package dev.keyledger.e2e.crash;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.Method;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.EventRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A debugger at a server that was started with {@code --debug}: it stops the whole process at a {@link CrashPoint}. */
final class Debugger {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final VirtualMachine vm;

    private Debugger(VirtualMachine vm) {
        this.vm = vm;
    }

    static Debugger attach(int port) {
        AttachingConnector socket = Bootstrap.virtualMachineManager().attachingConnectors().stream()
                .filter(connector -> connector.name().equals("com.sun.jdi.SocketAttach"))
                .findFirst()
                .orElseThrow();
        Map<String, Connector.Argument> arguments = socket.defaultArguments();
        Objects.requireNonNull(arguments.get("hostname"), "hostname").setValue("127.0.0.1");
        Objects.requireNonNull(arguments.get("port"), "port").setValue(Integer.toString(port));
        try {
            return new Debugger(socket.attach(arguments));
        } catch (IOException e) {
            throw new UncheckedIOException("no debugger at port " + port, e);
        } catch (IllegalConnectorArgumentsException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sets the breakpoints of a point; from now on its first step is waited for. */
    void arm(CrashPoint point) {
        for (CrashPoint.Step step : point.steps()) {
            List<ReferenceType> types = vm.classesByName(step.type());
            if (types.isEmpty()) {
                throw new IllegalStateException(step.type() + " is not loaded; let the server work before");
            }
            for (ReferenceType type : types) {
                List<Method> methods = type.methodsByName(step.method());
                if (methods.isEmpty()) {
                    throw new IllegalStateException(step.type() + " has no method " + step.method());
                }
                for (Method method : methods) {
                    BreakpointRequest breakpoint = vm.eventRequestManager().createBreakpointRequest(method.location());
                    breakpoint.putProperty("step", step);
                    breakpoint.setSuspendPolicy(EventRequest.SUSPEND_ALL);
                    breakpoint.enable();
                }
            }
        }
    }

    /** Returns when one thread has come to the end of the point's steps; nothing in the server moves then. */
    void awaitStop(CrashPoint point) throws InterruptedException {
        Instant limit = Instant.now().plus(LIMIT);
        int next = 0;
        long thread = -1;
        while (Instant.now().isBefore(limit)) {
            EventSet events = vm.eventQueue().remove(1_000);
            if (events == null) {
                continue;
            }
            for (Event event : events) {
                if (event instanceof BreakpointEvent hit
                        && point.steps().get(next).equals(hit.request().getProperty("step"))
                        && (next == 0 || hit.thread().uniqueID() == thread)) {
                    thread = hit.thread().uniqueID();
                    next++;
                    if (next == point.steps().size()) {
                        return;
                    }
                }
            }
            events.resume();
        }
        throw new IllegalStateException("nobody came to " + point + " within " + LIMIT);
    }
}
