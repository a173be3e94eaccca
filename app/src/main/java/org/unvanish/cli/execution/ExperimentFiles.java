package org.unvanish.cli.execution;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.unvanish.claim.JudgedClaim;
import org.unvanish.cli.terminal.CommandFailure;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.file.ResultFile;
import org.unvanish.paper.Assumption;
import org.unvanish.report.ClaimCsv;
import org.unvanish.report.Report;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.store.StoredDiagnosis;

/** The files of an experiment's results: tried out before any work, written after it. */
final class ExperimentFiles {

  private static final String CLAIMS = "claims.csv";

  private final Path place;
  private final SpecCopy spec;

  private ExperimentFiles(Path place, SpecCopy spec) {
    this.place = place;
    this.spec = spec;
  }

  /**
   * Looks whether all can be written, as hours later would be too late.
   *
   * @param place the folder for the files
   * @param folder the one with the store, if there is one yet
   * @throws CommandFailure if a file is there that Unvanish did not write
   */
  static ExperimentFiles plan(ExperimentSpec spec, Path place, Path folder) {
    try {
      Report.requireReplaceable(spec.name(), place);
      ResultFile.requireReplaceable(place.resolve(CLAIMS));
      return new ExperimentFiles(place, SpecCopy.plan(spec, place, folder));
    } catch (IOException e) {
      throw new CommandFailure(
          "cannot write to %s: %s. Move it away, or choose another folder"
              .formatted(place, OutputFolder.reason(e)),
          e);
    }
  }

  /**
   * Writes them.
   *
   * @param probed what probing found of each arm that was probed
   * @param claims on the experiment, as the result judges them; maybe none
   * @return what was written
   * @throws CommandFailure if that fails
   */
  List<Path> write(
      ExperimentResult result, Map<Arm, StoredDiagnosis> probed, List<JudgedClaim> claims) {
    try {
      List<Path> written =
          new ArrayList<>(
              Report.write(result, probed, Assumption.notes(result.experiment()), place));
      if (!claims.isEmpty()) {
        Path file = place.resolve(CLAIMS);
        ResultFile.write(file, ClaimCsv.of(claims).getBytes(StandardCharsets.UTF_8));
        written.add(file);
      }
      spec.write().ifPresent(written::add);
      return written;
    } catch (IOException e) {
      throw new CommandFailure(
          "the files in %s are not complete: %s. All runs are kept: free some space and give the"
                  .formatted(place, OutputFolder.reason(e))
              + " same command again",
          e);
    }
  }
}
