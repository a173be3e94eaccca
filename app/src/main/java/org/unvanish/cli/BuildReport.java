package org.unvanish.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.unvanish.cli.execution.OutputFolder;
import org.unvanish.cli.option.FailOn;
import org.unvanish.cli.terminal.CommandFailure;
import org.unvanish.cli.terminal.ExitCode;
import org.unvanish.cli.text.JUnitReport;
import org.unvanish.examination.Examined;

/**
 * What a diagnosis is for a build that it is part of: an exit code and, if wanted, a report.
 *
 * @param failOn which verdicts shall fail the build
 */
record BuildReport(FailOn failOn) {

  /** Before any work: the report of an earlier build is not to stand for one that failed. */
  void prepare() {
    failOn.report().ifPresent(BuildReport::remove);
  }

  private static void remove(Path report) {
    file(report).requireReplaceable();
    try {
      Files.deleteIfExists(report);
    } catch (IOException e) {
      throw new CommandFailure(
          "cannot replace %s (%s). Name another file with --junit"
              .formatted(report, OutputFolder.reason(e)),
          e);
    }
  }

  /** Writes the report, and says what the command returns. */
  int exitCode(Examined found) {
    failOn
        .report()
        .ifPresent(report -> file(report).write(JUnitReport.of(found, failOn.verdicts(found))));
    return failOn.verdicts(found).containsValue(true) ? ExitCode.FAILED : ExitCode.DONE;
  }

  private static PageFile file(Path report) {
    return new PageFile(report, "--junit");
  }
}
