package org.unvanish.dashboard;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What tests ask of a server. */
final class Client {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** What is waited for. */
  interface Condition {
    boolean holds() throws Exception;
  }

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI address;

  Client(URI address) {
    this.address = address;
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return ask("GET", path);
  }

  HttpResponse<String> ask(String method, String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve(path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .timeout(PATIENCE)
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  /** Sends bytes as they are and returns all that comes back until the server closes. */
  String raw(String bytes) throws IOException {
    try (Socket socket = socket()) {
      try {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      } catch (SocketException e) {
        // The server may close before it has read all.
        return "";
      }
    }
  }

  Socket socket() throws IOException {
    Socket socket = new Socket();
    // Little room, so that what is not read soon fills it.
    socket.setReceiveBufferSize(4096);
    socket.connect(new InetSocketAddress(address.getHost(), address.getPort()));
    socket.setSoTimeout((int) PATIENCE.toMillis());
    return socket;
  }

  /** A browser that listens: a socket of its own, no thread. */
  Listener listen() throws IOException {
    return new Listener(socket());
  }

  static final class Listener implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader lines;

    private Listener(Socket socket) throws IOException {
      this.socket = socket;
      socket
          .getOutputStream()
          .write(
              "GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Waits for the next change and returns its data. */
    String next() throws IOException {
      awaitLine("event: change");
      return lines.readLine().substring("data: ".length());
    }

    /** Waits for a line. */
    void awaitLine(String wanted) throws IOException {
      String line = lines.readLine();
      while (!wanted.equals(line)) {
        if (line == null) {
          throw new IOException("the stream has ended");
        }
        line = lines.readLine();
      }
    }

    /** Reads to the stream's end. */
    void drain() throws IOException {
      while (lines.readLine() != null) {
        // Whatever comes.
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  /** Waits for what another thread brings about; fails the test when it does not come. */
  static void await(String what, Condition condition) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("never came: " + what);
      }
      Thread.sleep(20);
    }
  }
}
