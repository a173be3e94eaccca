package org.unvanish.dashboard;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;

/**
 * A port that is ours.
 *
 * @param channel bound
 * @param address of it
 */
record BoundPort(ServerSocketChannel channel, InetSocketAddress address) {

  private static final int PORTS_TRIED = 100;
  private static final int WAITING = 128;
  private static final int LAST_PORT = 65_535;

  /**
   * Takes a port, or if it is taken the next that is free.
   *
   * @param host an address of this machine
   * @param port 0 for any
   * @throws IOException if the address is none of this machine's, or none of 100 ports is free
   */
  static BoundPort on(InetAddress host, int port) throws IOException {
    try {
      return bind(host, port);
    } catch (BindException e) {
      // The system has one error for a port that is taken and an address that is not here.
      bind(host, 0).channel.close();
    }
    int last = Math.min(LAST_PORT, port + PORTS_TRIED - 1);
    for (int next = port + 1; next <= last; next++) {
      try {
        return bind(host, next);
      } catch (BindException e) {
        // Taken too.
      }
    }
    throw new BindException("the ports %d to %d are all taken".formatted(port, last));
  }

  private static BoundPort bind(InetAddress host, int port) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.bind(new InetSocketAddress(host, port), WAITING);
      return new BoundPort(channel, (InetSocketAddress) channel.getLocalAddress());
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }
}
