package org.unvanish.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.data.Dataset;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.execution.ExperimentRunner;
import org.unvanish.experiment.execution.RunEvents;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.store.Provenance;
import org.unvanish.store.RunStore;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.TrainingDecision;

/** The page while things happen: training, a restart of the server, damage. */
class LivePageInBrowserTest {

  private static final String SPEC =
      """
      name: live
      title: Trained while you look
      data: {source: synthetic, train-samples: 64, seed: 3}
      network: [{max-pooling: 8}, {dense: 4}, activation, {dense: classes}]
      defaults: {epochs: 4, seeds: 1}
      arms: [{name: tanh, activation: tanh}, {name: arctan, activation: arctan}]
      """;

  private static final String PROGRESS =
      "const p = document.querySelector('.progress'); return p ? p.textContent : ''";
  private static final String LIVE = "return document.getElementById('live').className";

  /** One for all tests: each visits a server of its own. */
  private static @Nullable Browser shared;

  @TempDir Path folder;
  private Browser browser;
  private Path runs;

  @BeforeEach
  void open() {
    if (shared == null) {
      shared = Browser.open();
    }
    browser = shared;
    // The page of the test before misses its server, and says so.
    browser.leave();
    browser.prefer("prefers-color-scheme", "light");
    browser.complaints();
    browser.requests();
    runs = folder.resolve("runs");
  }

  @AfterAll
  static void close() {
    if (shared != null) {
      shared.close();
      shared = null;
    }
  }

  private static Dashboard serve(int port, Path... folders) throws IOException {
    return Dashboard.start(
        Stream.of(folders).map(ShownFolder::of).toList(), "1.0", "127.0.0.1", port, 50);
  }

  private void awaitText(String script, String text) throws Exception {
    try {
      Client.await(text, () -> String.valueOf(browser.run(script)).contains(text));
    } catch (AssertionError e) {
      throw new AssertionError(browser.run(script) + "\n" + browser.complaints(), e);
    }
  }

  @Test
  void thePageGainsPointsWhileARealTrainingRuns() throws Exception {
    try (Training training = new Training(runs);
        Dashboard dashboard = serve(0, runs)) {
      browser.visit(dashboard.address());
      awaitText("return document.body.textContent", "No run has completed an epoch yet");
      training.permit(3);
      awaitText(PROGRESS, "3 of 8 epochs");
      String early = drawn();
      browser.run(
          "[...document.querySelectorAll('#main details')].at(-1).open = true;"
              + "document.querySelector('.setup .sort').click();"
              + "document.querySelector('.arms input').focus()");
      training.permit(3);
      awaitText(PROGRESS, "6 of 8 epochs");
      assertThat(drawn()).isNotEqualTo(early);
      // What a reader has opened stays so.
      assertThat(browser.run("return [...document.querySelectorAll('#main details')].at(-1).open"))
          .isEqualTo(true);
      assertThat(browser.run("return document.querySelectorAll('.setup [aria-sort]').length"))
          .as("a table that was sorted")
          .isEqualTo(1L);
      assertThat(browser.run("return document.activeElement.type")).isEqualTo("checkbox");
      training.permit(2);
      awaitText(PROGRESS, "2 finished");
      assertThat(browser.complaints()).isEmpty();
      assertThat(browser.requests())
          .filteredOn(address -> address.startsWith("http"))
          .isNotEmpty()
          .allMatch(address -> address.startsWith(dashboard.address().toString()));
    }
  }

  private String drawn() {
    return String.valueOf(
        browser.run(
            "return [...document.querySelectorAll('.uplot canvas')].map(c => c.toDataURL()).join()"));
  }

  @Test
  void thePageSurvivesTheServersRestart() throws Exception {
    try (Training training = new Training(runs)) {
      Dashboard first = serve(0, runs);
      int port = first.port();
      browser.visit(first.address());
      training.permit(2);
      awaitText(PROGRESS, "2 of 8 epochs");
      assertThat(browser.run(LIVE)).isEqualTo("on");
      first.close();
      awaitText(LIVE, "off");
      assertThat(browser.run(PROGRESS).toString()).contains("2 of 8 epochs");
      training.permit(3);
      try (Dashboard second = serve(port, runs)) {
        assertThat(second.port()).isEqualTo(port);
        // An update that was due may succeed before the browser opens its stream again.
        awaitText(PROGRESS, "5 of 8 epochs");
        awaitText(LIVE, "on");
      }
    }
  }

  @Test
  void severalFoldersAreShownAndADamagedOneIsNamed() throws Exception {
    Path other = folder.resolve("<b>other");
    new PageFixture("First", List.of("a", "b"), 2, 3).train(runs);
    new PageFixture("Second", List.of("a", "b"), 2, 3).train(other);
    try (Dashboard dashboard = serve(0, runs, other)) {
      browser.visit(dashboard.address());
      awaitText("return document.querySelectorAll('article').length", "2");
      assertThat(browser.find("main").getText()).contains("First", "Second", "<b>other");
      // Experiments of one name in two folders do not share what is hidden.
      browser.run("document.querySelector('#experiment-0 .arms input').click()");
      assertThat(browser.run("return document.querySelector('#experiment-1 .arms input').checked"))
          .isEqualTo(true);
      browser.find(".folders a:last-child").click();
      awaitText("return document.querySelectorAll('article').length", "1");
      assertThat(browser.find("main").getText()).contains("Second").doesNotContain("First");
      Files.writeString(other.resolve(RunStore.FILE), "no database".repeat(1000));
      awaitText("return document.querySelector('body > .faults').textContent", "damaged");
      assertThat(browser.findAll("article")).isEmpty();
    }
  }

  @Test
  void theTimeLeftIsToldAndGoesOn() throws Exception {
    try (Training training = new Training(runs);
        Dashboard dashboard = serve(0, runs)) {
      browser.visit(dashboard.address());
      awaitText("return document.body.textContent", "No run has completed an epoch yet");
      training.permit(2);
      awaitText(PROGRESS, "2 of 8 epochs");
      awaitText(PROGRESS, " min left");
      // No more comes, so what was estimated runs out.
      browser.run("const now = Date.now; Date.now = () => now() + 3600e3");
      awaitText(PROGRESS, "taking longer than estimated");
      training.permit(6);
      awaitText(PROGRESS, "2 finished");
      assertThat(browser.findAll(".left")).isEmpty();
    }
  }

  @Test
  void axeFindsNoSeriousFaultWhileTrainingAndAfterwards() throws Exception {
    Path failed = folder.resolve("failed");
    PageFixture.simple().train(failed);
    try (Training training = new Training(runs);
        Dashboard dashboard = serve(0, runs, failed)) {
      browser.visit(dashboard.address());
      awaitText("return document.body.textContent", "No run has completed an epoch yet");
      assertThat(axe()).isEmpty();
      training.permit(3);
      awaitText(PROGRESS, "3 of 8 epochs");
      assertThat(axe()).isEmpty();
      training.permit(5);
      awaitText(PROGRESS, "2 finished");
      // With what is done still there.
      Files.writeString(failed.resolve(RunStore.FILE), "no database".repeat(1000));
      awaitText("return document.querySelector('body > .faults').textContent", "damaged");
      assertThat(axe()).isEmpty();
      browser.visit(dashboard.address().resolve("/playground"));
      awaitText("return document.querySelectorAll('#playground input').length > 0", "true");
      assertThat(axe()).isEmpty();
    }
  }

  /** In light and dark, with all details open. */
  private List<Object> axe() throws Exception {
    List<Object> faults = new ArrayList<>();
    for (String scheme : List.of("light", "dark")) {
      browser.prefer("prefers-color-scheme", scheme);
      browser.run("document.querySelectorAll('details').forEach(d => { d.open = true; })");
      browser.run("return new Promise(done => setTimeout(done, 100))");
      List<?> found = scheme.equals("light") ? Axe.faults(browser) : Axe.contrastFaults(browser);
      found.forEach(fault -> faults.add(scheme + ": " + fault));
    }
    return faults;
  }

  @Test
  void failuresAreShownWithTheirReasonAndStoppedRunsMarked() throws Exception {
    PageFixture.simple().train(runs);
    Path stopped = folder.resolve("stopped");
    Experiment experiment = new PageFixture("Cut off", List.of("a", "b"), 2, 3).plan(stopped);
    try (RunStore store = RunStore.open(stopped)) {
      PageFixture.begin(store, experiment, 2);
      RunEvents listener =
          store.listener(experiment, new Provenance("1.0", "a Java", "a processor"));
      Run diverges = experiment.runs().get(1);
      listener.started(diverges, 0);
      listener.ended(diverges, new RunOutcome.Diverged(1, 2));
    }
    try (Dashboard dashboard = serve(0, runs, stopped)) {
      browser.visit(dashboard.address());
      awaitText("return document.querySelectorAll('article').length", "2");
      assertThat(browser.find("#experiment-0").getText())
          .contains("7 finished, 1 failed", "“with penalty” with seed 4 failed: no <b>memory</b>");
      assertThat(browser.find("#experiment-1 .progress").getText())
          .contains("1 stopped, 2 planned, 1 diverged", "no training is running here now");
      assertThat(browser.find("#experiment-1").getText())
          .contains("“b” with seed 1 diverged: in epoch 1 at step 2");
      assertThat(browser.findAll("#experiment-1 .run.diverged")).isNotEmpty();
      assertThat(browser.find("#experiment-1 .run.stopped").getAttribute("title"))
          .isEqualTo("seed 1: stopped, 2 of 3 epochs");
    }
  }

  @Test
  void aPageThatHeardNothingForLongListensAgain() throws Exception {
    PageFixture.simple().train(runs);
    // It looks so rarely that no beat comes.
    try (Dashboard dashboard =
        Dashboard.start(List.of(ShownFolder.of(runs)), "1.0", "127.0.0.1", 0, 600_000)) {
      browser.visit(dashboard.address());
      awaitText(LIVE, "on");
      // As after a machine slept for an hour.
      browser.run(
          "window.opened = 0; const Own = EventSource;"
              + "EventSource = class extends Own { constructor(a) { super(a); opened++; } };"
              + "const now = Date.now; Date.now = () => now() + 3600e3");
      awaitText("return opened", "1");
      awaitText(LIVE, "on");
    }
  }

  @Test
  void aFolderThatIsDeletedAndCreatedAgainComesBack() throws Exception {
    new PageFixture("Before", List.of("a", "b"), 1, 2).train(runs);
    try (Dashboard dashboard = serve(0, runs)) {
      browser.visit(dashboard.address());
      awaitText("return document.getElementById('main').textContent", "Before");
      delete(runs);
      awaitText("return document.querySelector('body > .faults').textContent", "no experiment");
      new PageFixture("Afterwards", List.of("a", "b"), 1, 2).train(runs);
      awaitText("return document.getElementById('main').textContent", "Afterwards");
      assertThat(browser.find("body > .faults").isDisplayed()).isFalse();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  @Test
  void thePlaygroundWorksUnderTheServersPolicy() throws Exception {
    PageFixture.simple().plan(runs);
    try (Dashboard dashboard = serve(0, runs)) {
      browser.visit(dashboard.address().resolve("/playground"));
      awaitText("return document.querySelectorAll('#playground input').length > 0", "true");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  /**
   * A real training that takes an epoch when it is told to, and says that it took a minute: what is
   * left is estimated from that, not from how fast this machine is just now.
   */
  private static final class Training implements AutoCloseable {
    private final Semaphore permits = new Semaphore(0);
    private final RunStore store;
    private final Thread thread;

    Training(Path folder) {
      ExperimentSpec spec = ExperimentSpec.parse(SPEC, "live.yaml");
      Dataset data = new DataCatalog(folder).load(spec.dataSource());
      Experiment experiment = spec.experiment(data);
      store = RunStore.open(folder);
      store.plan(experiment, spec.toYaml(), "");
      RunEvents listener =
          store.listener(experiment, new Provenance("1.0", "a Java", "a processor"));
      RunEvents paced = new Paced(listener, permits);
      thread =
          new Thread(
              () -> new ExperimentRunner(1).run(experiment, data, store.earlier(experiment), paced),
              "training");
      thread.start();
    }

    void permit(int epochs) {
      permits.release(epochs);
    }

    @Override
    public void close() {
      permits.release(1000);
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      store.close();
    }
  }

  private record Paced(RunEvents listener, Semaphore permits) implements RunEvents {
    @Override
    public TrainingDecision started(Run run, int epochsDone) {
      return listener.started(run, epochsDone);
    }

    @Override
    public TrainingDecision epochFinished(Run run, EpochRecord epoch, Checkpoint checkpoint) {
      permits.acquireUninterruptibly();
      EpochRecord slow =
          new EpochRecord(
              epoch.epoch(),
              epoch.trainLoss(),
              epoch.trainAccuracy(),
              epoch.testLoss(),
              epoch.testAccuracy(),
              60,
              epoch.gradients());
      return listener.epochFinished(run, slow, checkpoint);
    }

    @Override
    public void ended(Run run, RunOutcome outcome) {
      listener.ended(run, outcome);
    }
  }
}
