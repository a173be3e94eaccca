package org.unvanish.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that no browser of the page sends. After each of them the page is still served. */
class HostileRequestTest {

  private static final String SECRET = "a secret of this machine";

  @TempDir Path folder;
  private Dashboard dashboard;
  private Client client;

  @BeforeEach
  void serve() throws IOException {
    Path runs = folder.resolve("runs");
    PageFixture.simple().train(runs);
    Files.writeString(folder.resolve("secret.txt"), SECRET);
    Files.writeString(runs.resolve("secret.txt"), SECRET);
    dashboard = Dashboard.start(List.of(ShownFolder.of(runs)), "1.0", "127.0.0.1", 0, 50);
    client = new Client(dashboard.address());
  }

  @AfterEach
  void isStillServed() throws Exception {
    assertThat(client.get("/api/model?folder=0").statusCode()).isEqualTo(200);
    dashboard.close();
  }

  private String get(String path) throws IOException {
    return client.raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  }

  private static int status(String answer) {
    assertThat(answer).startsWith("HTTP/1.1 ");
    return Integer.parseInt(answer.substring(9, 12));
  }

  @Test
  void noPathReachesTheFileSystem() throws IOException {
    for (String path :
        List.of(
            "/secret.txt",
            "/../secret.txt",
            "/../../../../../../etc/passwd",
            "/%2e%2e/%2e%2e/etc/passwd",
            "/..%2fsecret.txt",
            "/..%252fsecret.txt",
            "/..\\secret.txt",
            "/..%5csecret.txt",
            "/%c0%ae%c0%ae/secret.txt",
            "/.//secret.txt",
            "/;/../secret.txt",
            "//secret.txt",
            "/page.js/../../secret.txt",
            "/page.js%00.txt",
            "/runs.db",
            "/runs/runs.db",
            "/page.html",
            "/org/unvanish/dashboard/page.js",
            "/META-INF/MANIFEST.MF",
            "/WEB-INF/web.xml",
            "file:///etc/passwd",
            "http://localhost/secret.txt",
            "/api/model?folder=../runs",
            "/api/model?folder=%2e%2e",
            "/api/model?folder=%",
            "/api/model?folder=%zz",
            "/api/model?folder=" + folder.resolve("runs"))) {
      String answer = get(path);
      assertThat(status(answer)).as(path).isIn(400, 404);
      assertThat(answer).as(path).doesNotContain(SECRET, "root:", "SQLite", "Exception", "at org.");
    }
  }

  @Test
  void otherMethodsAreRefused() throws Exception {
    for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS", "PATCH", "PROPFIND")) {
      for (String path : List.of("/", "/api/model", "/api/events", "/nothing")) {
        assertThat(client.ask(method, path).statusCode()).as(method + path).isEqualTo(405);
      }
    }
    assertThat(
            status(client.raw("TRACE / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")))
        .isEqualTo(405);
    for (String path : List.of("/", "/api/model?folder=0", "/page.js")) {
      assertThat(client.ask("HEAD", path).statusCode()).as(path).isEqualTo(200);
      assertThat(client.ask("HEAD", path).body()).as(path).isEmpty();
    }
  }

  @Test
  void namesThatAreNotOursAreRefused() throws IOException {
    for (String host :
        List.of(
            "evil.example",
            "evil.example:" + dashboard.port(),
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "evil.example@localhost",
            "192.168.0.7",
            "[::2]")) {
      for (String path : List.of("/", "/api/model", "/api/events", "/nothing")) {
        String answer =
            client.raw(
                "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(path, host));
        assertThat(status(answer)).as(host + path).isIn(400, 403);
        assertThat(answer).doesNotContain("experiments\"");
      }
    }
    for (String host :
        List.of("localhost", "LOCALHOST:9", "127.0.0.1", "127.1.2.3:80", "[::1]:1")) {
      String answer =
          client.raw("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
      assertThat(status(answer)).as(host).isEqualTo(200);
    }
    assertThat(status(client.raw("GET / HTTP/1.0\r\n\r\n"))).isEqualTo(403);
    assertThat(
            status(
                client.raw(
                    "GET http://evil.example/api/model HTTP/1.1\r\nHost: localhost\r\n"
                        + "Connection: close\r\n\r\n")))
        .isIn(400, 403, 200);
  }

  @Test
  void aServerForOthersKnowsAddressesAndItsNameOnly() throws IOException {
    try (Dashboard open =
        Dashboard.start(
            List.of(ShownFolder.of(folder.resolve("runs"))), "1.0", "0.0.0.0", 0, 1000)) {
      assertThat(open.isLoopback()).isFalse();
      Client guest = new Client(java.net.URI.create("http://127.0.0.1:" + open.port()));
      for (String host : List.of("192.168.0.7:1", "localhost", "[fe80::1]")) {
        assertThat(
                status(
                    guest.raw("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")))
            .as(host)
            .isEqualTo(200);
      }
      assertThat(
              status(
                  guest.raw("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")))
          .isEqualTo(403);
    }
  }

  @Test
  void whatIsTooLargeIsRefused() throws IOException {
    assertThat(status(get("/" + "a".repeat(20_000)))).isEqualTo(414);
    assertThat(
            status(
                client.raw(
                    "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "a".repeat(20_000) + "\r\n\r\n")))
        .isEqualTo(431);
    assertThat(
            status(
                client.raw(
                    "GET / HTTP/1.1\r\nHost: localhost\r\n" + "X: y\r\n".repeat(5_000) + "\r\n")))
        .isEqualTo(431);
    // A body that never comes is not waited for.
    String answer =
        client.raw(
            "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Length: 99999999999\r\n\r\nabc");
    assertThat(status(answer)).isIn(200, 400, 413);
  }

  @Test
  void whatIsMalformedIsRefused() throws IOException {
    for (String request :
        List.of(
            "\r\n\r\nGARBAGE\r\n\r\n",
            "GET\r\n\r\n",
            "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
            "GET / HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc",
            "GET / HTTP/1.1\r\nHost : localhost\r\n\r\n",
            "GET /\0 HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")) {
      String answer = client.raw(request);
      assertThat(answer).as(request).doesNotContain("200 OK", "Exception", "at org.");
    }
  }

  @Test
  void randomBytesDoNoHarm() throws IOException {
    Random random = new Random(5);
    for (int i = 0; i < 200; i++) {
      byte[] bytes = new byte[1 + random.nextInt(2000)];
      random.nextBytes(bytes);
      // With an end, so that the server does not wait for more.
      String end = "\r\n\r\n";
      String answer = client.raw(new String(bytes, StandardCharsets.ISO_8859_1) + end);
      assertThat(answer).doesNotContain("200 OK", "Exception");
    }
  }

  @Test
  void halfRequestsKeepNobodyElseFromThePage() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < 200; i++) {
        Socket socket = client.socket();
        sockets.add(socket);
        socket
            .getOutputStream()
            .write("GET / HTTP/1.1\r\nHost: loc".getBytes(StandardCharsets.US_ASCII));
      }
      assertThat(client.get("/api/model?folder=0").statusCode()).isEqualTo(200);
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  /** More than there are places; none of them asks for anything, and none goes away. */
  @Test
  void idleConnectionsMakeRoomAndEndNobodysStream() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    try (Client.Listener owner = client.listen()) {
      owner.next();
      for (int i = 0; i < LimitedConnector.MOST_CONNECTIONS + 50; i++) {
        sockets.add(client.socket());
      }
      assertThat(client.get("/api/model?folder=0").statusCode()).isEqualTo(200);
      owner.awaitLine("event: beat");
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  @Test
  void askersWhoNeverReadKeepNobodyElseFromThePage() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    String many = "GET /api/model HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(100);
    try {
      for (int i = 0; i < 40; i++) {
        Socket socket = client.socket();
        sockets.add(socket);
        socket.getOutputStream().write(many.getBytes(StandardCharsets.US_ASCII));
      }
      assertThat(client.get("/api/model?folder=0").statusCode()).isEqualTo(200);
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }
}
