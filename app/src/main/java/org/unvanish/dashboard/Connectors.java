package org.unvanish.dashboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ServerSocketChannel;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ErrorHandler;

/** Jetty's side of a port, with limits for a page that is asked for little. */
final class Connectors {

  private static final int HEADER_BYTES = 8192;
  private static final int IDLE_MILLISECONDS = 30_000;

  /** A file each; often a process may have 1024. */
  static final int MOST_CONNECTIONS = 256;

  /** What the system keeps of what a browser has not read yet; left alone, it keeps megabytes. */
  private static final int UNREAD_BYTES = 128 * 1024;

  private Connectors() {}

  static Connector connector(Server server, HttpConfiguration http, ServerSocketChannel channel) {
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
    connector.addBean(new Places(connector, MOST_CONNECTIONS));
    try {
      connector.open(channel);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return connector;
  }
}
