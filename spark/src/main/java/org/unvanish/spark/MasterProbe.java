package org.unvanish.spark;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.unvanish.experiment.cluster.ClusterException;

/** Whether somebody listens where a cluster's master should be: Spark itself tries for a minute. */
final class MasterProbe {

  private static final int PATIENCE_MILLIS = 3000;

  private static final String FORMS =
      "spark://HOST:PORT, k8s://https://HOST:PORT, yarn, local[N] or local[*]";

  private static final Pattern KNOWN =
      Pattern.compile("local|local\\[(\\*|\\d+)(,\\d+)?]|local-cluster\\[.+]|yarn");
  private static final Pattern STANDALONE = Pattern.compile("spark://([^/]+)");
  private static final Pattern KUBERNETES = Pattern.compile("k8s://(https?://)?([^/]+)/?.*");
  private static final Pattern ADDRESS = Pattern.compile("(\\[.+]|[^:\\[\\]]+)(?::(\\d{1,5}))?");

  private MasterProbe() {}

  /**
   * Tries to connect.
   *
   * @throws ClusterException if nobody listens at any of the master's addresses, or it is written
   *     as none
   */
  static void require(String master) {
    if (KNOWN.matcher(master).matches()) {
      return;
    }
    List<String> failures = new ArrayList<>();
    for (InetSocketAddress address : addresses(master)) {
      try (Socket socket = new Socket()) {
        socket.connect(
            new InetSocketAddress(address.getHostString(), address.getPort()), PATIENCE_MILLIS);
        return;
      } catch (IOException | IllegalArgumentException e) {
        failures.add(
            "%s:%d: %s"
                .formatted(
                    address.getHostString(),
                    address.getPort(),
                    new InetSocketAddress(address.getHostString(), address.getPort()).isUnresolved()
                        ? "no such host"
                        : e.getMessage()));
      }
    }
    throw new ClusterException(
        "nothing answers at --master %s (%s). Check the address, and that the cluster is running"
            .formatted(master, String.join("; ", failures)));
  }

  private static List<InetSocketAddress> addresses(String master) {
    Matcher standalone = STANDALONE.matcher(master);
    if (standalone.matches()) {
      List<InetSocketAddress> all = new ArrayList<>();
      for (String each : standalone.group(1).split(",")) {
        all.add(address(master, each, -1));
      }
      return all;
    }
    Matcher kubernetes = KUBERNETES.matcher(master);
    if (kubernetes.matches()) {
      boolean plain = "http://".equals(kubernetes.group(1));
      return List.of(address(master, kubernetes.group(2), plain ? 80 : 443));
    }
    throw unreadable(master);
  }

  private static InetSocketAddress address(String master, String text, int usual) {
    Matcher matcher = ADDRESS.matcher(text);
    if (!matcher.matches()) {
      throw unreadable(master);
    }
    int port = matcher.group(2) == null ? usual : Integer.parseInt(matcher.group(2));
    if (port < 1 || port > 65_535) {
      throw unreadable(master);
    }
    return InetSocketAddress.createUnresolved(matcher.group(1), port);
  }

  private static ClusterException unreadable(String master) {
    return new ClusterException("--master must be %s, but is '%s'".formatted(FORMS, master));
  }
}
