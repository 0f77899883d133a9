package dev.keyledger.e2e.container;

import com.github.dockerjava.api.model.Network;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.images.RemoteDockerImage;
import org.testcontainers.utility.DockerImageName;

/** The engine that runs the containers. */
final class ContainerEngine {

    private ContainerEngine() {}

    /** Why no container can be started from {@code image}; empty when one can. */
    static Optional<String> lacks(String image) {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            return Optional.of("no container engine answers (looked for DOCKER_HOST and the usual sockets)");
        }
        try {
            new RemoteDockerImage(DockerImageName.parse(image)).get();
            return Optional.empty();
        } catch (ContainerFetchException e) {
            return Optional.of("the image " + image + " is neither here nor can be pulled: " + e.getMessage());
        }
    }

    /** The host's address on the network that containers are in by default. */
    static String hostAddress() {
        Network.Ipam.Config bridge = DockerClientFactory.lazyClient()
                .inspectNetworkCmd()
                .withNetworkId("bridge")
                .exec()
                .getIpam()
                .getConfig()
                .get(0);
        String gateway = bridge.getGateway();
        // older engines leave it out; then it is the first address
        return gateway == null ? bridge.getSubnet().replaceFirst("0/[0-9]+$", "1") : gateway;
    }
}
