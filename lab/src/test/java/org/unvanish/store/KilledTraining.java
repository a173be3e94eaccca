package org.unvanish.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.execution.ExperimentRunner;
import org.unvanish.experiment.execution.RunEvents;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.TrainingDecision;

/** A process that trains into a folder, for tests that kill it. */
final class KilledTraining {

  /** So many epochs that no process of the test comes to the end before it is killed. */
  static final Experiment EXPERIMENT = Trial.experiment(60, 3);

  private KilledTraining() {}

  /** Trains what is missing in the folder; prints a line before the store writes an epoch. */
  public static void main(String[] arguments) {
    try (RunStore store = RunStore.open(Path.of(arguments[0]))) {
      store.plan(EXPERIMENT, "spec", "");
      RunEvents before =
          new RunEvents() {
            @Override
            public TrainingDecision epochFinished(Run run, EpochRecord epoch, Checkpoint next) {
              System.out.println("epoch");
              System.out.flush();
              return TrainingDecision.CONTINUE;
            }
          };
      new ExperimentRunner(2)
          .run(
              EXPERIMENT,
              Trial.DATA,
              store.earlier(EXPERIMENT),
              before,
              store.listener(EXPERIMENT, Trial.PROVENANCE));
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
