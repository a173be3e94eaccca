package org.unvanish.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.unvanish.experiment.Experiment;

/** A process that trains into a folder, for tests that kill it. */
final class KilledTraining {

  /** So many steps that no process of the test comes to the end before it is killed. */
  static final Experiment EXPERIMENT = Trial.experiment(60, 3);

  private KilledTraining() {}

  /** Trains what is missing in the folder; writes a line for every step. */
  public static void main(String[] arguments) {
    try (RunStore store = RunStore.open(Path.of(arguments[0]))) {
      store.plan(EXPERIMENT, "spec", "");
      Trial.train(
          store,
          EXPERIMENT,
          2,
          () -> {
            System.out.println("step");
            System.out.flush();
          });
    }
    System.out.println("end");
  }

  /** Starts the process with the flags that the engine needs. */
  static Process start(Path folder) throws IOException {
    return new ProcessBuilder(command(folder))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  static List<String> command(Path folder) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--add-modules",
        "jdk.incubator.vector",
        "-XX:TieredStopAtLevel=1",
        // A file of its own.
        "-XX:-UsePerfData",
        "-cp",
        System.getProperty("java.class.path"),
        KilledTraining.class.getName(),
        folder.toString());
  }
}
