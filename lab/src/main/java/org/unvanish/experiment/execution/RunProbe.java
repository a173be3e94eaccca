package org.unvanish.experiment.execution;

import java.util.Optional;
import org.unvanish.data.Dataset;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.experiment.Run;
import org.unvanish.forecast.Forecast;
import org.unvanish.probe.GradientProbe;
import org.unvanish.train.Checkpoint;

/**
 * Probes a run where it begins and after each of its epochs. The run itself does not notice: the
 * probe has images, numbers and chance of its own.
 */
final class RunProbe {

  private final Run run;
  private final GradientProbe probe;
  private final RunEvents events;
  private final MeasuredBackward initial;

  RunProbe(Run run, Dataset data, RunEvents events) {
    this.run = run;
    this.events = events;
    this.probe = new GradientProbe(run.arm().network(), run.arm().settings(), data, run.seed());
    this.initial = probe.initial();
  }

  /**
   * The initial weights; or where the run goes on, as it may have been killed between that epoch
   * and its probe, or not have been probed at all.
   */
  void start(Optional<Checkpoint> from) {
    if (from.isPresent()) {
      after(from.get());
    } else {
      tell(initial, probe.forecast());
    }
  }

  void after(Checkpoint epoch) {
    tell(probe.measure(epoch.parameters(), epoch.step()), Optional.empty());
  }

  private void tell(MeasuredBackward evidence, Optional<Forecast> forecast) {
    events.snapshotTaken(
        run, SnapshotDiagnosis.of(evidence, initial, Thresholds.DEFAULT), forecast);
  }
}
