package org.unvanish.data.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.data.DataException;
import org.unvanish.data.Fixture;
import org.unvanish.data.catalog.CatalogEntry.State;

@Timeout(30)
class DownloadTest {
  @TempDir Path folder;

  private final Fixture fixture = new Fixture();
  private DataCatalog catalog;
  private byte[] archive;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    catalog = new DataCatalog(folder.resolve("data"), fixture.format());
    archive = Files.readAllBytes(fixture.writeArchive(folder.resolve("archive.tar.gz")));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void anArchiveIsInstalledFromAServerThatRedirects() {
    serve(
        "/moved",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/archive");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    serve("/archive", exchange -> answer(exchange, archive.length, archive));
    long[] last = new long[2];
    catalog.install(
        "cifar10",
        url("/moved"),
        (source, done, total) -> {
          last[0] = done;
          last[1] = total;
        });
    assertThat(catalog.verify("cifar10").intact()).isTrue();
    assertThat(last).containsExactly(archive.length, archive.length);
  }

  @Test
  void aTotalThatTheServerDoesNotTellIsUnknown() {
    serve("/archive", exchange -> answer(exchange, 0, archive));
    catalog.install(
        "cifar10",
        url("/archive"),
        (source, done, total) -> assertThat(total).isEqualTo(InstallProgress.UNKNOWN));
    assertThat(catalog.verify("cifar10").intact()).isTrue();
  }

  @Test
  void anAddressWithNothingIsRefused() {
    assertRefused(url("/nothing"), "there is nothing at this address (HTTP 404)");
  }

  @Test
  void aServerInTroubleIsNamedWithItsStatus() {
    serve(
        "/archive",
        exchange -> {
          exchange.sendResponseHeaders(503, -1);
          exchange.close();
        });
    assertRefused(url("/archive"), "HTTP status 503");
  }

  @Test
  void aDownloadThatIsCutOffInTheMiddleLeavesNothing() {
    serve(
        "/archive",
        exchange -> answer(exchange, archive.length, Arrays.copyOf(archive, archive.length / 2)));
    assertRefused(url("/archive"), "broke off after");
  }

  @Test
  void aPageInsteadOfAnArchiveIsRefused() {
    byte[] page = "<html>Please log in</html>".getBytes();
    serve("/archive", exchange -> answer(exchange, page.length, page));
    assertRefused(url("/archive"), "is not a .tar.gz or .tar.xz archive");
  }

  @Test
  void aServerThatDoesNotRunIsNamed() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    assertRefused("http://localhost:" + port + "/archive", "no connection to localhost");
  }

  @Test
  void aHostThatNobodyKnowsIsNamed() {
    // The name is reserved for this (RFC 6761).
    assertRefused("http://unvanish.invalid/archive", "no host unvanish.invalid is known");
  }

  @Test
  void aServerThatFallsSilentIsGivenUp() throws IOException {
    CountDownLatch done = new CountDownLatch(1);
    serve(
        "/archive",
        exchange -> {
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write(new byte[100]);
          exchange.getResponseBody().flush();
          try {
            done.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    Download download = Download.start(URI.create(url("/archive")), Duration.ofMillis(400));
    try (InputStream body = download.body()) {
      assertThat(body.readNBytes(100)).hasSize(100);
      assertThatThrownBy(body::read)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no data arrived for");
    } finally {
      done.countDown();
    }
  }

  @Test
  void aServerThatNeverAnswersIsGivenUp() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      URI url = URI.create("http://localhost:" + silent.getLocalPort() + "/archive");
      assertThatThrownBy(() -> Download.start(url, Duration.ofMillis(300)))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("localhost does not answer");
    }
  }

  private void assertRefused(String url, String why) {
    assertThatThrownBy(() -> catalog.install("cifar10", url, InstallProgress.SILENT))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(url)
        .hasMessageContaining(why);
    assertThat(catalog.entries().get(0).state()).isEqualTo(new State.NotInstalled());
    assertThat(folder.resolve("data").toFile().list()).containsExactly(".cifar10.lock");
  }

  private static void answer(HttpExchange exchange, long length, byte[] bytes) throws IOException {
    exchange.sendResponseHeaders(200, length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private void serve(String path, HttpHandler handler) {
    server.createContext(path, handler);
  }

  private String url(String path) {
    return "http://localhost:" + server.getAddress().getPort() + path;
  }
}
