package org.unvanish.contest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClockTest {

  private static final long SECOND = 1_000_000_000;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private long now;
  private final Clock clock =
      new Clock(32, "a framework 1.0", 2, () -> now, new PrintStream(out, true));

  @Test
  void theEventsComeInTheirOrder() {
    steps(Task.CHECKED_STEPS, 0.1);
    assertThat(events())
        .containsExactly(
            "{\"event\":\"first_step\",\"framework\":\"a framework 1.0\"}",
            "{\"event\":\"losses\",\"losses\":[1.5,1.5,1.5,1.5,1.5,1.5,1.5,1.5]}");
    steps(20, 0.1);
    assertThat(events()).hasSize(3).last().isEqualTo("{\"event\":\"warm\"}");
  }

  @Test
  void aWindowCountsTheStepsThatLieInIt() throws IOException, InterruptedException {
    steps(50, 0.1);
    PipedOutputStream orders = new PipedOutputStream();
    Thread obeying = obey(new PipedInputStream(orders));
    orders.write("measure 1\n".getBytes(StandardCharsets.UTF_8));
    orders.flush();
    // The order is taken by another thread: without time passing, steps do not end the window.
    while (events().size() < 4) {
      steps(30, 0.25);
      Thread.sleep(1);
    }
    // Four steps of a quarter of a second end the window.
    assertThat(events().get(3)).isEqualTo("{\"event\":\"result\",\"samples\":128,\"seconds\":1.0}");
    orders.close();
    obeying.join();
    assertThat(clock.stepDone(1)).isFalse();
  }

  @Test
  void itStopsWhenTheOrdersEnd() throws InterruptedException {
    assertThat(clock.stepDone(1)).isTrue();
    obey(new ByteArrayInputStream(new byte[0])).join();
    assertThat(clock.stepDone(1)).isFalse();
    assertThat(clock.helpersStepDone()).isFalse();
  }

  @Test
  void itStopsWhenToldTo() throws InterruptedException {
    obey(new ByteArrayInputStream("stop\nmeasure 3\n".getBytes(StandardCharsets.UTF_8))).join();
    assertThat(clock.stepDone(1)).isFalse();
  }

  @Test
  void anUnknownOrderIsRefused() {
    ByteArrayInputStream orders =
        new ByteArrayInputStream("faster\n".getBytes(StandardCharsets.UTF_8));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> clock.obey(orders))
        .withMessageContaining("faster");
  }

  @Test
  void aLossThatIsNoNumberIsTold() {
    for (int i = 0; i < Task.CHECKED_STEPS; i++) {
      clock.stepDone(Double.NaN);
    }
    assertThat(events().get(1)).contains("\"NaN\"");
  }

  private Thread obey(java.io.InputStream orders) {
    Thread thread = new Thread(() -> clock.obey(orders));
    thread.start();
    return thread;
  }

  private void steps(int count, double seconds) {
    for (int i = 0; i < count; i++) {
      now += (long) (seconds * SECOND);
      clock.stepDone(1.5);
    }
  }

  private List<String> events() {
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
