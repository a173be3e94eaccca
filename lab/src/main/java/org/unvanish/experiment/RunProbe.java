package org.unvanish.experiment;

import java.util.Optional;
import org.unvanish.data.Dataset;
import org.unvanish.diagnosis.MomentDiagnosis;
import org.unvanish.diagnosis.MomentEvidence;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.SignalProbe;

/**
 * Probes a run where it begins and after each of its epochs. The run itself does not notice: the
 * probe has images, numbers and chance of its own.
 */
final class RunProbe {

  private final Run run;
  private final SignalProbe probe;
  private final Announcer announcer;
  private final MomentEvidence initial;

  RunProbe(Run run, Dataset data, Announcer announcer) {
    this.run = run;
    this.announcer = announcer;
    this.probe = new SignalProbe(run.arm().network(), run.arm().settings(), data, run.seed());
    this.initial = probe.initial();
  }

  /**
   * The initial values; or where the run goes on, as it may have been killed between that epoch and
   * its probe, or not have been probed at all.
   */
  void start(Optional<Checkpoint> from) {
    if (from.isPresent()) {
      after(from.get());
    } else {
      tell(initial);
    }
  }

  void after(Checkpoint epoch) {
    tell(probe.measure(epoch.parameters(), epoch.step()));
  }

  private void tell(MomentEvidence evidence) {
    MomentDiagnosis moment = MomentDiagnosis.of(evidence, initial, Thresholds.DEFAULT);
    announcer.tell(listener -> listener.momentProbed(run, moment));
  }
}
