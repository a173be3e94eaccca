package org.unvanish.cli.execution;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.unvanish.claim.JudgedClaim;
import org.unvanish.cli.terminal.CommandFailure;
import org.unvanish.cli.terminal.Detail;
import org.unvanish.cli.terminal.Screen;
import org.unvanish.cli.text.ResultText;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.RunResult;
import org.unvanish.file.ResultFile;
import org.unvanish.paper.Assumption;
import org.unvanish.report.ClaimCsv;
import org.unvanish.report.Report;
import org.unvanish.shipped.ShippedExperiments;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.store.RunStore;
import org.unvanish.store.StoredDiagnosis;
import org.unvanish.text.StyledText;

/** The files of an experiment's results: tried out before any work, written after it. */
final class ExperimentFiles {

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
      ResultFile.requireReplaceable(place.resolve(ClaimCsv.FILE));
      return new ExperimentFiles(place, SpecCopy.plan(spec, place, folder));
    } catch (IOException e) {
      throw OutputFolder.taken(place, e);
    }
  }

  /**
   * Writes them, and tells what came out.
   *
   * @param store with what probing found
   * @param detail how much is told
   * @param out for the results
   * @param err for what failed
   * @return what was written
   * @throws CommandFailure if that fails
   */
  List<Path> report(
      ExperimentResult result, RunStore store, Detail detail, PrintWriter out, PrintWriter err) {
    List<JudgedClaim> claims = ShippedExperiments.judge(result);
    List<Path> files = write(result, store.diagnoses(result.experiment()), claims);
    if (detail != Detail.NOTHING) {
      Screen screen = Screen.of(out);
      screen.print(new ResultText(result, claims).text(screen.columns(), detail == Detail.ALL));
      screen.print(written(files, screen.columns()));
      screen.flush();
    }
    List<RunResult> failed = result.with(RunOutcome.Failed.class);
    if (!failed.isEmpty()) {
      err.println("unvanish: %d runs failed; the first:".formatted(failed.size()));
      err.print(((RunOutcome.Failed) failed.get(0).outcome()).stackTrace());
      err.flush();
    }
    return files;
  }

  /** The folder in a line to copy, and what is in it. */
  private StyledText written(List<Path> files, int width) {
    List<String> names = files.stream().map(place::relativize).map(Path::toString).toList();
    return new StyledText()
        .add("wrote to %s:\n".formatted(place))
        .item("", 2, String.join(", ", names), width);
  }

  private List<Path> write(
      ExperimentResult result, Map<Arm, StoredDiagnosis> probed, List<JudgedClaim> claims) {
    try {
      List<Path> written =
          new ArrayList<>(
              Report.write(result, probed, Assumption.notes(result.experiment()), place));
      ClaimCsv.write(claims, place).ifPresent(written::add);
      spec.write().ifPresent(written::add);
      return written;
    } catch (IOException e) {
      throw new CommandFailure(
          "the files in %s are incomplete: %s. All runs are kept: remove the cause and give the"
                  .formatted(place, OutputFolder.reason(e))
              + " same command again",
          e);
    }
  }
}
