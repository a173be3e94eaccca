package org.unvanish.store;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.experiment.Backend;
import org.unvanish.experiment.DataDescription;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentListener;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunResult;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.EpochRecord;

/** Writes what it hears, one transaction a call. */
final class StoreListener implements ExperimentListener {

  private interface Entry {
    void to(RunWriter writer) throws SQLException;
  }

  private final Database database;
  private final DataDescription data;
  private final Function<Backend, Provenance> provenance;
  private final Map<Run, Long> ids;

  StoreListener(
      Database database, Experiment experiment, Function<Backend, Provenance> provenance) {
    this.database = database;
    this.data = experiment.data();
    this.provenance = provenance;
    this.ids =
        database.read(
            connection -> {
              RunReader reader = new RunReader(connection, experiment);
              Map<Run, Long> found = new HashMap<>();
              for (Run run : experiment.runs()) {
                found.put(run, reader.id(run));
              }
              return found;
            });
  }

  @Override
  public void runStarted(Run run, int epochsDone) {
    write(run, writer -> writer.started(epochsDone, provenance.apply(run.arm().backend())));
  }

  @Override
  public void epochFinished(Run run, EpochRecord epoch, Checkpoint checkpoint) {
    write(
        run,
        writer -> {
          writer.epoch(epoch);
          writer.checkpoint(checkpoint);
        });
  }

  @Override
  public void snapshotProbed(Run run, SnapshotDiagnosis snapshot) {
    database.write(connection -> new DiagnosisTables(connection, data).write(run, snapshot));
  }

  @Override
  public void runEnded(RunResult result) {
    write(result.run(), writer -> writer.ended(result.outcome()));
  }

  private void write(Run run, Entry entry) {
    long id = Objects.requireNonNull(ids.get(run));
    database.write(connection -> entry.to(new RunWriter(connection, id)));
  }
}
