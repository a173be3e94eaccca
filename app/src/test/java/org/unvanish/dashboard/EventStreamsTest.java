package org.unvanish.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.store.RunStore;

/** Many browsers at once. */
class EventStreamsTest {

  private static final int CLIENTS = 200;
  private static final int CHANGES = 500;

  @TempDir Path folder;

  @Test
  void twoHundredListenersShareTheThreadsAndLeaveNothing() throws Exception {
    PageFixture.simple().train(folder);
    try (Dashboard dashboard =
        Dashboard.start(List.of(ShownFolder.of(folder)), "1.0", "127.0.0.1", 0, 50)) {
      Client client = new Client(dashboard.address());
      client.get("/api/model?folder=0");
      for (int round = 0; round < 3; round++) {
        List<Client.Listener> listeners = new ArrayList<>();
        try {
          for (int i = 0; i < CLIENTS; i++) {
            listeners.add(client.listen());
          }
          String before = "";
          for (Client.Listener listener : listeners) {
            before = listener.next();
          }
          assertThat(dashboard.listeners()).isEqualTo(CLIENTS);
          touch(round);
          for (Client.Listener listener : listeners) {
            // A listener that came early may still be told of a look that a later one began with.
            String next = listener.next();
            while (next.equals(before)) {
              next = listener.next();
            }
          }
          // All ask at once for what has changed, and are answered.
          assertThat(client.get("/api/model?folder=0").statusCode()).isEqualTo(200);
          assertThat(threads()).isLessThanOrEqualTo(20);
        } finally {
          for (Client.Listener listener : listeners) {
            listener.close();
          }
        }
        Client.await("that all have gone", () -> dashboard.listeners() == 0);
      }
    }
    Client.await("that the threads have ended", () -> threads() == 0);
  }

  @Test
  void listenersThatComeAndGoLeaveNoMemoryBehind() throws Exception {
    PageFixture.simple().train(folder);
    try (Dashboard dashboard =
        Dashboard.start(List.of(ShownFolder.of(folder)), "1.0", "127.0.0.1", 0, 50)) {
      Client client = new Client(dashboard.address());
      comeAndGo(client, dashboard);
      comeAndGo(client, dashboard);
      long before = usedMemory();
      for (int round = 0; round < 10; round++) {
        comeAndGo(client, dashboard);
      }
      // 2,000 came: each that stayed would hold a buffer of 32 kB.
      assertThat(usedMemory() - before).isLessThan(8_000_000);
    }
  }

  private static void comeAndGo(Client client, Dashboard dashboard) throws Exception {
    List<Client.Listener> listeners = new ArrayList<>();
    try {
      for (int i = 0; i < CLIENTS; i++) {
        listeners.add(client.listen());
      }
      for (Client.Listener listener : listeners) {
        listener.next();
      }
    } finally {
      for (Client.Listener listener : listeners) {
        listener.close();
      }
    }
    Client.await("that all have gone", () -> dashboard.listeners() == 0);
  }

  @Test
  void listenersThatNeverReadDoNotFillTheMemory() throws Exception {
    List<ShownFolder> folders = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      // Long names make long messages: 2 kB.
      Path named = folder.resolve(i + "x".repeat(200));
      PageFixture.simple().plan(named);
      folders.add(ShownFolder.of(named));
    }
    Path store = folders.get(0).folder().resolve(RunStore.FILE);
    List<Socket> deaf = new ArrayList<>();
    try (Dashboard dashboard = Dashboard.start(folders, "1.0", "127.0.0.1", 0, 1)) {
      Client client = new Client(dashboard.address());
      for (int i = 0; i < CLIENTS; i++) {
        deaf.add(client.socket());
        deaf.get(i)
            .getOutputStream()
            .write(
                "GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
      }
      Client.await("that all listen", () -> dashboard.listeners() == CLIENTS);
      try (Client.Listener listener = client.listen()) {
        listener.next();
        long before = usedMemory();
        for (int change = 0; change < CHANGES; change++) {
          Files.setLastModifiedTime(
              store, FileTime.fromMillis(1_000_000_000_000L + change * 5000L));
          listener.next();
        }
        // 200 times 500 messages of 2 kB are 200 MB.
        assertThat(usedMemory() - before).isLessThan(8_000_000);
      }
    } finally {
      for (Socket socket : deaf) {
        socket.close();
      }
    }
  }

  /** What is left when what nobody holds has gone. */
  private static long usedMemory() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  /** A store that looks as if somebody had written to it. */
  private void touch(int round) throws IOException {
    Files.setLastModifiedTime(
        folder.resolve(RunStore.FILE), FileTime.fromMillis(1_000_000_000_000L + round * 5000L));
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("dashboard"))
        .count();
  }

  @Test
  void aListenerThatNeverReadsHoldsUpNobody() throws Exception {
    PageFixture.simple().train(folder);
    try (Dashboard dashboard =
        Dashboard.start(List.of(ShownFolder.of(folder)), "1.0", "127.0.0.1", 0, 50)) {
      Client client = new Client(dashboard.address());
      try (Socket deaf = client.socket();
          Client.Listener listener = client.listen()) {
        deaf.getOutputStream()
            .write(
                "GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
        listener.next();
        for (int round = 0; round < 5; round++) {
          touch(round);
          listener.next();
        }
      }
      Client.await("that both have gone", () -> dashboard.listeners() == 0);
    }
  }

  @Test
  void whereNothingChangesTheStreamBeats() throws Exception {
    PageFixture.simple().train(folder);
    try (Dashboard dashboard =
            Dashboard.start(List.of(ShownFolder.of(folder)), "1.0", "127.0.0.1", 0, 10);
        Client.Listener listener = new Client(dashboard.address()).listen()) {
      listener.awaitLine("event: beat");
    }
  }

  @Test
  void whatASlowBrowserHasNotTakenIsReplaced() throws IOException {
    SlowOutput out = new SlowOutput();
    EventStream stream = new EventStream(out);
    stream.send("one ".getBytes(StandardCharsets.US_ASCII));
    out.ready = false;
    for (int i = 0; i < 1000; i++) {
      stream.send(("message %d ".formatted(i)).getBytes(StandardCharsets.US_ASCII));
      stream.beat("beat ".getBytes(StandardCharsets.US_ASCII));
    }
    out.ready = true;
    stream.onWritePossible();
    assertThat(out.text()).isEqualTo("one message 999 ");
    stream.onError(new IOException("gone"));
    assertThat(stream.end()).isCompleted();
    stream.send("never".getBytes(StandardCharsets.US_ASCII));
    assertThat(out.text()).isEqualTo("one message 999 ");
  }

  private static final class SlowOutput extends jakarta.servlet.ServletOutputStream {
    private final java.io.ByteArrayOutputStream taken = new java.io.ByteArrayOutputStream();
    private boolean ready = true;

    String text() {
      return taken.toString(StandardCharsets.US_ASCII);
    }

    @Override
    public boolean isReady() {
      return ready;
    }

    @Override
    public void setWriteListener(jakarta.servlet.WriteListener listener) {}

    @Override
    public void write(int b) {
      taken.write(b);
    }
  }
}
