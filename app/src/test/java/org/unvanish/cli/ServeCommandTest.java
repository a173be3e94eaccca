package org.unvanish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.data.synthetic.SyntheticImages;
import org.unvanish.paper.PaperSpecs;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.store.RunStore;

class ServeCommandTest {

  private static final int PATIENCE_MILLISECONDS = 60_000;

  @TempDir Path folder;
  private Terminal terminal;
  private Path runs;

  @BeforeEach
  void plan() {
    terminal = new Terminal(folder.resolve("cache"));
    runs = folder.resolve("runs");
    ExperimentSpec spec = PaperSpecs.spec("figure2");
    try (RunStore store = RunStore.open(runs)) {
      store.plan(spec.experiment(SyntheticImages.draw(1, 10, 10)), spec.toYaml(), "");
    }
  }

  /** Serves until it has told the address, and then for a test. */
  private final class Serving implements AutoCloseable {
    private final AtomicInteger code = new AtomicInteger(-1);
    private final Thread thread;

    Serving(String... args) throws InterruptedException {
      thread = new Thread(() -> code.set(terminal.execute(args)), "serve");
      thread.start();
      for (int waited = 0; !terminal.out().contains("Ctrl-C") && thread.isAlive(); waited += 20) {
        assertThat(waited).isLessThan(PATIENCE_MILLISECONDS);
        Thread.sleep(20);
      }
    }

    URI address() {
      return URI.create(terminal.out().lines().findFirst().orElseThrow());
    }

    /** What Ctrl-C does. */
    @Override
    public void close() {
      thread.interrupt();
      try {
        thread.join(PATIENCE_MILLISECONDS);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      assertThat(code).hasValue(0);
    }
  }

  private static int status(URI address) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void theAddressThatIsToldIsServedUntilInterrupted() throws Exception {
    try (Serving serving = new Serving("serve", runs.toString(), "--port=0")) {
      assertThat(serving.address().getHost()).isEqualTo("127.0.0.1");
      assertThat(status(serving.address())).isEqualTo(200);
      assertThat(terminal.err()).isEmpty();
    }
  }

  @Test
  void aPortThatIsTakenIsTold() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        Serving serving = new Serving("serve", runs.toString(), "--port=" + taken.getLocalPort())) {
      assertThat(terminal.err()).contains("Port " + taken.getLocalPort() + " is taken");
      assertThat(serving.address().getPort()).isNotEqualTo(taken.getLocalPort());
      assertThat(status(serving.address())).isEqualTo(200);
    }
  }

  @Test
  void servingOthersIsWarnedOf() throws Exception {
    try (Serving serving = new Serving("serve", runs.toString(), "--port=0", "--host=0.0.0.0")) {
      assertThat(terminal.err()).contains("warning", "no password");
      assertThat(status(serving.address())).isEqualTo(200);
    }
  }

  @Test
  void aFolderThatIsNotThereYetIsWaitedFor() throws Exception {
    Path later = folder.resolve("not/yet");
    try (Serving serving = new Serving("serve", later.toString(), "--port=0")) {
      assertThat(terminal.err())
          .contains("no experiment in " + later + " yet", "as soon as unvanish run begins one");
      URI model = serving.address().resolve("/api/model?folder=yet");
      assertThat(status(model)).isEqualTo(503);
      Files.createDirectories(later.getParent());
      Files.move(runs, later);
      for (int waited = 0; status(model) != 200; waited += 100) {
        assertThat(waited).isLessThan(PATIENCE_MILLISECONDS);
        Thread.sleep(100);
      }
    }
  }

  @Test
  void aFolderWhoseNameIsNearlyThatOfAnotherIsAskedAfter() throws Exception {
    Path misspelt = runs.resolveSibling(runs.getFileName() + "s");
    try (Serving serving = new Serving("serve", misspelt.toString(), "--port=0")) {
      assertThat(terminal.err()).contains("Did you mean " + runs + "?");
      assertThat(status(serving.address())).isEqualTo(200);
    }
  }

  @Test
  void whatCannotBeServedIsRefused() throws IOException {
    refuse(2, "FOLDER", "serve");
    refuse(2, "--port must be 0 to 65535, not 65536", "serve", runs.toString(), "--port=65536");
    refuse(2, "--port", "serve", runs.toString(), "--port=http");
    refuse(1, "but there is in " + runs, "serve", runs.toString(), folder.toString());
    Path file = Files.writeString(folder.resolve("file"), "");
    refuse(1, "file is not a folder", "serve", file.toString());
    refuse(1, "--host", "serve", runs.toString(), "--port=0", "--host=no.such.host.invalid");
    // Reserved for documentation: no machine has it.
    refuse(1, "--host", "serve", runs.toString(), "--port=0", "--host=192.0.2.1");
  }

  private void refuse(int code, String message, String... args) {
    assertThat(terminal.execute(args)).as(terminal.err()).isEqualTo(code);
    assertThat(terminal.err()).contains(message).doesNotContain("at org.unvanish");
  }
}
