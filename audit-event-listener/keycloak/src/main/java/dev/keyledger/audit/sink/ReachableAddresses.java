package dev.keyledger.audit.sink;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * The addresses that webhooks may go to. Whoever may name a URL may not by that reach what listens on this machine, or what
 * a cloud tells its machines at link-local addresses. What a name resolves to is looked at when the connection is made, so
 * a name that resolves to something else later helps nobody.
 */
final class ReachableAddresses {
    private static final int IPV4 = 4;
    private static final int IPV6 = 16;
    private static final int SIX_TO_FOUR = 0x2002;
    private static final byte[] NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};

    private final boolean local;

    /** @param local whether loopback and link-local addresses are allowed */
    ReachableAddresses(boolean local) {
        this.local = local;
    }

    /** Resolves a name or a literal address; throws when it leads where it must not. */
    InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = InetAddress.getAllByName(host);
        for (InetAddress address : addresses) {
            if (!allows(address)) {
                throw new UnknownHostException("the host is a loopback, link-local, multicast or unspecified address,"
                        + " which the option webhook-local does not allow");
            }
        }
        return addresses;
    }

    boolean allows(InetAddress address) throws UnknownHostException {
        if (local) {
            return true;
        }
        InetAddress real = embedded(address.getAddress(), address);
        return !(real.isLoopbackAddress()
                || real.isLinkLocalAddress()
                || real.isAnyLocalAddress()
                || real.isMulticastAddress()
                || (real.getAddress().length == IPV4 && real.getAddress()[0] == 0));
    }

    /** The IPv4 address that an IPv6 one stands for, RFC 6052 and RFC 3056; else the address itself. */
    private static InetAddress embedded(byte[] bytes, InetAddress address) throws UnknownHostException {
        if (bytes.length != IPV6) {
            return address;
        }
        if (Arrays.equals(Arrays.copyOf(bytes, NAT64.length), NAT64)) {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, NAT64.length, IPV6));
        }
        boolean sixToFour = ((bytes[0] & 0xff) << 8 | (bytes[1] & 0xff)) == SIX_TO_FOUR;
        return sixToFour ? InetAddress.getByAddress(Arrays.copyOfRange(bytes, 2, 2 + IPV4)) : address;
    }
}
