package org.unvanish.store;

import org.unvanish.experiment.RunOutcome;
import org.unvanish.store.sql.Database;
import org.unvanish.store.table.RunWriter;
import org.unvanish.train.EpochRecord;

/** A run that another program trains, as it is written: one transaction a call. */
public final class WatchedRun {

  private final Database database;
  private final long id;

  WatchedRun(Database database, long id, Provenance provenance) {
    this.database = database;
    this.id = id;
    database.write(connection -> new RunWriter(connection, id).started(0, provenance));
  }

  /** An epoch is completed. */
  public void epoch(EpochRecord epoch) {
    database.write(connection -> new RunWriter(connection, id).epoch(epoch));
  }

  /** The run has ended. */
  public void ended(RunOutcome outcome) {
    database.write(connection -> new RunWriter(connection, id).ended(outcome));
  }
}
