package org.unvanish.dashboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ServerSocketChannel;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.IdleTimeout;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ErrorHandler;

/** Jetty's side of a port, with limits for a page that is asked for little. */
final class LimitedConnector {

  private static final int HEADER_BYTES = 8192;
  private static final int IDLE_MILLISECONDS = 30_000;

  /** A file each; often a process may have 1024. */
  static final int MOST_CONNECTIONS = 256;

  /** What the system keeps of what a browser has not read yet; left alone, it keeps megabytes. */
  private static final int UNREAD_BYTES = 128 * 1024;

  private LimitedConnector() {}

  static Connector open(Server server, HttpConfiguration http, ServerSocketChannel channel) {
    http.setRequestHeaderSize(HEADER_BYTES);
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setSendDateHeader(false);
    ErrorHandler errors = new ErrorHandler();
    errors.setShowStacks(false);
    errors.setShowCauses(false);
    server.setErrorHandler(errors);
    ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setIdleTimeout(IDLE_MILLISECONDS);
    connector.setAcceptedSendBufferSize(UNREAD_BYTES);
    connector.addBean(new MostConnections(connector, MOST_CONNECTIONS));
    try {
      connector.open(channel);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return connector;
  }

  /**
   * So many connections and no more: whoever comes always gets a place. It is that of a connection
   * which has asked for nothing yet, else of any, and of these the one that has been silent
   * longest.
   */
  private static final class MostConnections implements Connection.Listener {

    private static final Comparator<EndPoint> FIRST_TO_GO =
        Comparator.comparing((EndPoint end) -> end.getConnection().getMessagesIn() == 0)
            .thenComparing(MostConnections::silentMilliseconds);

    private final ServerConnector connector;
    private final int most;

    MostConnections(ServerConnector connector, int most) {
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
}
