package org.unvanish.store;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.experiment.Backend;
import org.unvanish.experiment.DataDescription;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.execution.RunEvents;
import org.unvanish.forecast.Forecast;
import org.unvanish.store.sql.Database;
import org.unvanish.store.table.DiagnosisTables;
import org.unvanish.store.table.RunReader;
import org.unvanish.store.table.RunWriter;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.TrainingDecision;

/** Writes what it hears, one transaction a call. */
final class StoreListener implements RunEvents {

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
  public TrainingDecision started(Run run, int epochsDone) {
    write(run, writer -> writer.started(epochsDone, provenance.apply(run.arm().backend())));
    return TrainingDecision.CONTINUE;
  }

  @Override
  public TrainingDecision epochFinished(Run run, EpochRecord epoch, Checkpoint checkpoint) {
    write(
        run,
        writer -> {
          writer.epoch(epoch);
          writer.checkpoint(checkpoint);
        });
    return TrainingDecision.CONTINUE;
  }

  @Override
  public void snapshotTaken(Run run, SnapshotDiagnosis snapshot, Optional<Forecast> forecast) {
    database.write(
        connection -> new DiagnosisTables(connection, data).write(run, snapshot, forecast));
  }

  @Override
  public void ended(Run run, RunOutcome outcome) {
    write(run, writer -> writer.ended(outcome));
  }

  private void write(Run run, Entry entry) {
    long id = Objects.requireNonNull(ids.get(run));
    database.write(connection -> entry.to(new RunWriter(connection, id)));
  }
}
