package org.unvanish.dashboard;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.IdleTimeout;
import org.eclipse.jetty.server.ServerConnector;

/**
 * So many connections and no more: whoever comes always gets a place. It is that of a connection
 * which has asked for nothing yet, else of any, and of these the one that has been silent longest.
 */
final class Places implements Connection.Listener {

  private static final Comparator<EndPoint> FIRST_TO_GO =
      Comparator.comparing((EndPoint end) -> end.getConnection().getMessagesIn() == 0)
          .thenComparing(Places::silentMilliseconds);

  private final ServerConnector connector;
  private final int most;

  Places(ServerConnector connector, int most) {
    this.connector = connector;
    this.most = most;
  }

  @Override
  public void onOpened(Connection opened) {
    Collection<EndPoint> ends = connector.getConnectedEndPoints();
    if (ends.size() <= most) {
      return;
    }
    // One that is closed stays in the connector's list for a moment.
    List<EndPoint> open = ends.stream().filter(EndPoint::isOpen).toList();
    if (open.size() > most) {
      open.stream()
          .filter(end -> end != opened.getEndPoint() && end.getConnection() != null)
          .max(FIRST_TO_GO)
          .ifPresent(EndPoint::close);
    }
  }

  private static long silentMilliseconds(EndPoint end) {
    return end instanceof IdleTimeout idle ? idle.getIdleFor() : 0;
  }
}
