package dev.keyledger.audit.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReachableAddressesTest {
    private static final List<String> LOCAL = List.of(
            "127.0.0.1",
            "127.9.9.9",
            "localhost",
            "0.0.0.0",
            "0.1.2.3",
            "169.254.169.254",
            "224.0.0.1",
            "::1",
            "::",
            "fe80::1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "64:ff9b::7f00:1",
            "2002:7f00:1::");

    @Test
    void webhooksDoNotReachThisMachineOrWhatIsLinkLocal() {
        ReachableAddresses addresses = new ReachableAddresses(false);

        for (String host : LOCAL) {
            assertThatThrownBy(() -> addresses.resolve(host))
                    .as(host)
                    .isInstanceOf(UnknownHostException.class)
                    .hasMessageContaining("webhook-local");
        }
    }

    @Test
    void theyReachOtherMachines() throws UnknownHostException {
        ReachableAddresses addresses = new ReachableAddresses(false);

        for (String host : List.of("192.0.2.1", "10.0.0.1", "2001:db8::1", "64:ff9b::c000:201")) {
            assertThat(addresses.resolve(host)).as(host).isNotEmpty();
        }
    }

    @Test
    void anOptionLetsThemReachEverything() throws UnknownHostException {
        for (String host : LOCAL) {
            assertThat(new ReachableAddresses(true).resolve(host)).as(host).isNotEmpty();
        }
    }
}
