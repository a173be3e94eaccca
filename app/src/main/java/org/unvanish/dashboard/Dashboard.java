package org.unvanish.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.unvanish.page.PageJson;

/**
 * The page of folders with runs, live: a browser is told when a folder's store has changed, and
 * fetches the model anew.
 *
 * <p>Whatever number of browsers look, a folder is read once for each change, and the threads stay
 * as many as they are. No path of a request reaches the file system.
 */
public final class Dashboard implements AutoCloseable {

  /** The port unless another is wished for. */
  public static final int PORT = 8642;

  private static final int THREADS = 16;

  private final List<ServedFolder> folders;
  private final EventStreams streams = new EventStreams();
  private final FolderWatcher watcher;
  private final Javalin server;
  private final BoundPort bound;

  private record Entry(
      int index,
      String folder,
      long revision,
      boolean training,
      Optional<String> error,
      List<ServedFolder.Heading> experiments) {}

  private Dashboard(
      List<ShownFolder> shown,
      String version,
      String host,
      BoundPort bound,
      long lookMilliseconds) {
    this.bound = bound;
    folders = served(shown, version);
    watcher = new FolderWatcher(folders, streams, lookMilliseconds);
    boolean loopbackOnly = bound.address().getAddress().isLoopbackAddress();
    RequestFilter filter = new RequestFilter(loopbackOnly, host);
    server = Javalin.create(config -> configure(config, filter));
  }

  /**
   * Starts to serve.
   *
   * @param folders with runs; each is shown even when it holds none yet, or a damaged store
   * @param version of Unvanish
   * @param host a name or an address of this machine
   * @param port where to listen; if it is taken, the next one that is free; 0 for any
   * @throws IOException if the host is not known or not this machine's, or no port is free
   */
  public static Dashboard start(List<ShownFolder> folders, String version, String host, int port)
      throws IOException {
    return start(folders, version, host, port, 1000);
  }

  static Dashboard start(
      List<ShownFolder> folders, String version, String host, int port, long lookMilliseconds)
      throws IOException {
    BoundPort bound = BoundPort.on(InetAddress.getByName(host), port);
    Dashboard dashboard = new Dashboard(folders, version, host, bound, lookMilliseconds);
    dashboard.server.start();
    return dashboard;
  }

  /** Where the page is, for a browser on this machine or, if others may ask, on another one. */
  public URI address() {
    InetAddress address = bound.address().getAddress();
    String host = address.isAnyLocalAddress() ? "localhost" : address.getHostAddress();
    return URI.create(
        "http://%s:%d/".formatted(host.contains(":") ? "[" + host + "]" : host, port()));
  }

  /** The port that was free. */
  public int port() {
    return bound.address().getPort();
  }

  /** True if only this machine can ask. */
  public boolean isLoopback() {
    return bound.address().getAddress().isLoopbackAddress();
  }

  /** The browsers that listen. */
  int listeners() {
    return streams.size();
  }

  @Override
  public void close() {
    watcher.close();
    streams.close();
    server.stop();
  }

  private static List<ServedFolder> served(List<ShownFolder> shown, String version) {
    List<ServedFolder> folders = new ArrayList<>();
    ShownFolder.named(shown)
        .forEach((name, folder) -> folders.add(new ServedFolder(name, folder, version)));
    return List.copyOf(folders);
  }

  private void configure(JavalinConfig config, RequestFilter filter) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 4);
    threads.setName("dashboard");
    threads.setDaemon(true);
    config.jetty.threadPool = threads;
    config.jetty.modifyServer(server -> server.setStopTimeout(0));
    config.jetty.addConnector(
        (server, http) -> LimitedConnector.open(server, http, bound.channel()));
    config.routes.before(filter::check);
    LivePage.files().forEach((path, file) -> config.routes.get(path, c -> send(c, file)));
    LivePage.File playground = LivePage.File.text("text/html", Playground.page());
    config.routes.get(
        "/playground",
        request -> {
          request.header("Content-Security-Policy", RequestFilter.outerPolicy());
          send(request, playground);
        });
    config.routes.get("/api/experiments", this::experiments);
    config.routes.get("/api/model", this::model);
    config.routes.get("/api/events", request -> streams.open(request, watcher::state));
    config.routes.error(404, request -> request.contentType("text/plain").result("Not found.\n"));
  }

  private static void send(Context request, LivePage.File file) {
    request.contentType(file.type());
    BytesBody.send(request, file.bytes());
  }

  private void experiments(Context request) {
    List<Entry> entries = new ArrayList<>();
    for (ServedFolder folder : folders) {
      ServedFolder.Snapshot now = folder.snapshot();
      entries.add(
          new Entry(
              entries.size(),
              folder.name(),
              now.revision(),
              now.training(),
              now.error(),
              now.experiments()));
    }
    json(request, PageJson.text(entries).getBytes(UTF_8));
  }

  private void model(Context request) {
    Optional<ServedFolder> folder = folder(request.queryParam("folder"));
    if (folder.isEmpty()) {
      request
          .status(HttpStatus.BAD_REQUEST)
          .result("Name a served folder: /api/model?folder=NAME. /api/experiments lists them.\n");
      return;
    }
    ServedFolder.Snapshot now = folder.get().snapshot();
    request.header("ETag", "\"" + now.revision() + "\"");
    // The time left is as of then, and clocks of browsers differ.
    long age = Duration.between(now.read(), Instant.now()).toSeconds();
    request.header("Age", "" + Math.max(0, age));
    if (now.error().isPresent()) {
      request.status(HttpStatus.SERVICE_UNAVAILABLE);
    }
    json(request, now.json());
  }

  /** By name, or by its place in the list. */
  private Optional<ServedFolder> folder(@Nullable String asked) {
    for (int i = 0; i < folders.size(); i++) {
      if (folders.get(i).name().equals(asked)) {
        return Optional.of(folders.get(i));
      }
    }
    for (int i = 0; i < folders.size(); i++) {
      if (Integer.toString(i).equals(asked)) {
        return Optional.of(folders.get(i));
      }
    }
    return Optional.empty();
  }

  private static void json(Context request, byte[] bytes) {
    request.contentType("application/json; charset=utf-8");
    BytesBody.send(request, bytes);
  }
}
