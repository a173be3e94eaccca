package org.unvanish.store.sql;

import java.util.List;

/** The tables as SQL creates them, by the layouts that brought them. */
final class Tables {

  /** Those of the first layout. */
  static final List<String> TABLES =
      List.of(
          """
          CREATE TABLE experiment (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            title TEXT NOT NULL,
            spec TEXT NOT NULL,
            files TEXT NOT NULL,
            data_name TEXT NOT NULL,
            data_title TEXT NOT NULL,
            data_sha256 TEXT NOT NULL,
            channels INTEGER NOT NULL,
            rows INTEGER NOT NULL,
            columns INTEGER NOT NULL,
            classes INTEGER NOT NULL,
            train_samples INTEGER NOT NULL,
            test_samples INTEGER NOT NULL
          ) STRICT""",
          // Named by content: whatever two experiments call it, it is trained once.
          """
          CREATE TABLE arm (
            id INTEGER PRIMARY KEY,
            sha256 TEXT NOT NULL UNIQUE,
            definition TEXT NOT NULL
          ) STRICT""",
          // Seeds are numbers with spaces in between.
          """
          CREATE TABLE experiment_arm (
            experiment INTEGER NOT NULL REFERENCES experiment,
            position INTEGER NOT NULL,
            name TEXT NOT NULL,
            arm INTEGER NOT NULL REFERENCES arm,
            epochs INTEGER NOT NULL,
            seeds TEXT NOT NULL,
            PRIMARY KEY (experiment, position),
            UNIQUE (experiment, name)
          ) STRICT, WITHOUT ROWID""",
          """
          CREATE TABLE run (
            id INTEGER PRIMARY KEY,
            arm INTEGER NOT NULL REFERENCES arm,
            seed INTEGER NOT NULL,
            state TEXT NOT NULL,
            epochs_done INTEGER NOT NULL DEFAULT 0,
            diverged_epoch INTEGER,
            diverged_step INTEGER,
            failure TEXT,
            stack_trace TEXT,
            UNIQUE (arm, seed)
          ) STRICT""",
          // Times are UTC in ISO 8601.
          """
          CREATE TABLE session (
            id INTEGER PRIMARY KEY,
            run INTEGER NOT NULL REFERENCES run,
            first_epoch INTEGER NOT NULL,
            version TEXT NOT NULL,
            jvm TEXT NOT NULL,
            cpu TEXT NOT NULL,
            started TEXT NOT NULL,
            ended TEXT
          ) STRICT""",
          "CREATE INDEX session_by_run ON session (run)",
          // A number that is not one, NaN, is NULL.
          """
          CREATE TABLE epoch (
            run INTEGER NOT NULL REFERENCES run,
            epoch INTEGER NOT NULL,
            train_loss REAL,
            train_accuracy REAL,
            test_loss REAL,
            test_accuracy REAL,
            seconds REAL,
            PRIMARY KEY (run, epoch)
          ) STRICT, WITHOUT ROWID""",
          """
          CREATE TABLE gradient (
            run INTEGER NOT NULL,
            epoch INTEGER NOT NULL,
            position INTEGER NOT NULL,
            parameter TEXT NOT NULL,
            source TEXT NOT NULL,
            count INTEGER NOT NULL,
            mean_abs REAL,
            rms REAL,
            max_abs REAL,
            q05 REAL,
            q25 REAL,
            q50 REAL,
            q75 REAL,
            q95 REAL,
            vanished_share REAL,
            PRIMARY KEY (run, epoch, position),
            FOREIGN KEY (run, epoch) REFERENCES epoch
          ) STRICT, WITHOUT ROWID""",
          // After the run's last epoch. Floats, the highest byte first.
          """
          CREATE TABLE checkpoint (
            run INTEGER PRIMARY KEY REFERENCES run,
            epoch INTEGER NOT NULL,
            step INTEGER NOT NULL,
            parameters BLOB NOT NULL,
            first_moments BLOB NOT NULL,
            second_moments BLOB NOT NULL
          ) STRICT""");

  /**
   * What was found by probing, in the words of {@code diagnosis.schema.json}. A moment depends on
   * arm, seed and step alone, so it needs no run: the seed may be one that is not trained.
   */
  static final List<String> DIAGNOSES =
      List.of(
          """
          CREATE TABLE moment (
            arm INTEGER NOT NULL REFERENCES arm,
            seed INTEGER NOT NULL,
            step INTEGER NOT NULL,
            json TEXT NOT NULL,
            PRIMARY KEY (arm, seed, step)
          ) STRICT""",
          """
          CREATE TABLE prescription (
            arm INTEGER NOT NULL REFERENCES arm,
            seed INTEGER NOT NULL,
            json TEXT NOT NULL,
            PRIMARY KEY (arm, seed)
          ) STRICT""");

  /**
   * All checksums, and what a prescription's proof was measured by before there were {@link
   * #SCORES}: read, but no longer written.
   */
  static final List<String> CHECKSUMS =
      List.of(
          """
          CREATE TABLE constant_predictor (
            experiment INTEGER PRIMARY KEY REFERENCES experiment,
            accuracy REAL NOT NULL,
            loss REAL NOT NULL,
            samples INTEGER NOT NULL
          ) STRICT""",
          """
          CREATE TABLE checksum (
            what TEXT NOT NULL,
            first INTEGER NOT NULL,
            second INTEGER NOT NULL,
            value INTEGER NOT NULL,
            PRIMARY KEY (what, first, second)
          ) STRICT, WITHOUT ROWID""");

  /**
   * Scores beyond those of a classification, which are columns of {@code epoch}; and what a
   * prescription's proof is measured by.
   */
  static final List<String> SCORES =
      List.of(
          """
          CREATE TABLE score (
            run INTEGER NOT NULL,
            epoch INTEGER NOT NULL,
            name TEXT NOT NULL,
            train REAL,
            test REAL,
            PRIMARY KEY (run, epoch, name),
            FOREIGN KEY (run, epoch) REFERENCES epoch
          ) STRICT, WITHOUT ROWID""",
          """
          CREATE TABLE constant_score (
            experiment INTEGER NOT NULL REFERENCES experiment,
            name TEXT NOT NULL,
            value REAL NOT NULL,
            clear REAL NOT NULL,
            PRIMARY KEY (experiment, name)
          ) STRICT, WITHOUT ROWID""");

  /** By how much an epoch's steps moved each trained parameter tensor. */
  static final List<String> UPDATES =
      List.of(
          """
          CREATE TABLE parameter_update (
            run INTEGER NOT NULL,
            epoch INTEGER NOT NULL,
            position INTEGER NOT NULL,
            parameter TEXT NOT NULL,
            ratio REAL,
            PRIMARY KEY (run, epoch, position),
            FOREIGN KEY (run, epoch) REFERENCES epoch
          ) STRICT, WITHOUT ROWID""");

  /** What the inputs and targets of a table are, which decides networks with embeddings. */
  static final List<String> COLUMNS =
      List.of(
          // Categories are a list in JSON: one, or all that a coded column has; none of a number.
          """
          CREATE TABLE input_column (
            experiment INTEGER NOT NULL REFERENCES experiment,
            position INTEGER NOT NULL,
            form TEXT NOT NULL,
            name TEXT NOT NULL,
            categories TEXT NOT NULL,
            PRIMARY KEY (experiment, position)
          ) STRICT, WITHOUT ROWID""",
          """
          CREATE TABLE target_column (
            experiment INTEGER NOT NULL REFERENCES experiment,
            position INTEGER NOT NULL,
            name TEXT NOT NULL,
            mean REAL NOT NULL,
            deviation REAL NOT NULL,
            PRIMARY KEY (experiment, position)
          ) STRICT, WITHOUT ROWID""");

  /** Where each learned α stands at the end of an epoch. */
  static final List<String> SCALES =
      List.of(
          """
          CREATE TABLE learned_scale (
            run INTEGER NOT NULL,
            epoch INTEGER NOT NULL,
            position INTEGER NOT NULL,
            parameter TEXT NOT NULL,
            value REAL NOT NULL,
            PRIMARY KEY (run, epoch, position),
            FOREIGN KEY (run, epoch) REFERENCES epoch
          ) STRICT, WITHOUT ROWID""");

  /** Which part of its runs an experiment has here, where it is not the whole. */
  static final List<String> SHARDS =
      List.of(
          """
          CREATE TABLE shard (
            experiment INTEGER PRIMARY KEY REFERENCES experiment,
            number INTEGER NOT NULL,
            count INTEGER NOT NULL
          ) STRICT""");

  /** The races of sweeps. */
  static final List<String> RACES =
      List.of(
          // Terms are a SHA-256 of all that decides a race beside its runs.
          """
          CREATE TABLE race (
            experiment INTEGER PRIMARY KEY REFERENCES experiment,
            terms TEXT NOT NULL
          ) STRICT""",
          """
          CREATE TABLE dropped_arm (
            experiment INTEGER NOT NULL REFERENCES experiment,
            position INTEGER NOT NULL,
            arm INTEGER NOT NULL REFERENCES arm,
            stage INTEGER NOT NULL,
            epochs INTEGER NOT NULL,
            seeds INTEGER NOT NULL,
            reason TEXT NOT NULL,
            place INTEGER NOT NULL,
            raced INTEGER NOT NULL,
            left INTEGER NOT NULL,
            score REAL,
            rival INTEGER NOT NULL REFERENCES arm,
            bar REAL,
            p REAL,
            PRIMARY KEY (experiment, position),
            UNIQUE (experiment, arm)
          ) STRICT, WITHOUT ROWID""");

  /** How large values are at the end of an epoch. */
  static final List<String> SIZES =
      List.of(
          // The kind says whether it is a parameter tensor or what a layer puts out.
          """
          CREATE TABLE value_size (
            run INTEGER NOT NULL,
            epoch INTEGER NOT NULL,
            position INTEGER NOT NULL,
            kind TEXT NOT NULL,
            name TEXT NOT NULL,
            rms REAL,
            PRIMARY KEY (run, epoch, position),
            FOREIGN KEY (run, epoch) REFERENCES epoch
          ) STRICT, WITHOUT ROWID""");

  private Tables() {}
}
