package org.unvanish.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.unvanish.cli.execution.ExaminedModel;
import org.unvanish.cli.terminal.CommandName;
import org.unvanish.examination.Examined;
import org.unvanish.model.RemedyCode;
import org.unvanish.trace.Trace;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * Tells, where a command has ended well, which one is worth typing next. It is told on standard
 * error: standard output is the result. With {@code --json} or {@code --quiet} it is not told.
 *
 * @param ended the command that has ended
 */
record NextCommand(CommandSpec ended) {

  private static final String EXAMPLE = "figure1";

  /** A spec was checked, forecast, or shown: will its network learn? */
  void afterSpec(String spec) {
    tell("find out whether its gradients vanish", "diagnose", spec);
  }

  /**
   * A network was diagnosed, and what is prescribed is not proved yet.
   *
   * @param spec a file, or a name that the program knows
   */
  void afterDiagnosis(Examined found, Path spec) {
    if (!found.prescription().isEmpty()) {
      again("prove it by training", "--apply");
    } else if (Files.exists(spec)) {
      tell("train it", "run", spec.toString());
    } else {
      tell("compare it with what theory says", "forecast", spec.toString());
    }
  }

  /**
   * Somebody's model was diagnosed.
   *
   * @param pasted whether the remedy was printed as lines
   */
  void afterModel(ExaminedModel found, boolean pasted) {
    String language = RemedyCode.Target.of(found.model()).label();
    if (pasted || found.prescription().isEmpty()) {
      tell("record your own training", "show", language + "-hook");
    } else {
      again("print the remedy as code to paste", "--as", language);
    }
  }

  /** Runs of a folder were trained or merged. */
  void afterTraining(Path folder, boolean complete) {
    if (complete) {
      tell("see it as a web page", "report", folder.toString());
    } else {
      tell("see what failed", "status", folder.toString());
    }
  }

  /** Somebody has looked how far a folder's runs are, of which none is left to be trained. */
  void afterStatus(Path folder, boolean training) {
    if (training) {
      tell("watch it", "serve", folder.toString());
    } else {
      tell("compare the arms", "compare", folder.toString());
    }
  }

  /** The arms of a folder were compared. */
  void afterCompare(Path folder) {
    afterTraining(folder, true);
  }

  /** A page was written of a folder or a trace. */
  void afterReport(Path source) {
    if (Trace.isTrace(source)) {
      tell("read the diagnosis", "diagnose", source.toString());
    } else {
      tell("write its figure and tables for a paper", "export", source.toString());
    }
  }

  /** A trace was diagnosed. */
  void afterTrace(Path trace) {
    tell("see it as a web page", "report", trace.toString());
  }

  /** Files were written of a folder. */
  void afterExport(Path folder) {
    tell("see it in the browser", "serve", folder.toString());
  }

  /** A hook was printed that records a training. */
  void afterHook() {
    tell("diagnose the trace that your training writes", "diagnose", "trace.jsonl");
  }

  /** A layer was forecast that no spec describes. */
  void afterLayer() {
    tell("see a whole network as a web page", "forecast", "figure2", "--page", "forecast.html");
  }

  /** Arms without α were printed. */
  void afterEquivalent() {
    again("keep them", "--out", "without.yaml");
  }

  /** The theory was audited. */
  void afterAudit() {
    tell("try it out in the browser", "theory", "--playground", "playground.html");
  }

  /**
   * Data sets were listed, installed or verified, or a page of theory was written.
   *
   * @param missing a data set that is not there as it should be; empty where none is
   */
  void afterData(String missing) {
    if (missing.isEmpty()) {
      tell("see why a network does not learn", "diagnose", EXAMPLE);
    } else {
      tell("install the paper's data", "data", "install", missing);
    }
  }

  /** The same command with more options. */
  private void again(String purpose, String... more) {
    List<String> words = new ArrayList<>(ended.commandLine().getParseResult().originalArgs());
    words.addAll(List.of(more));
    tell(purpose, words.toArray(String[]::new));
  }

  private void tell(String purpose, String... words) {
    ParseResult given = ended.commandLine().getParseResult();
    if (!UnvanishCommand.isQuiet(ended) && !given.hasMatchedOption("--json")) {
      PrintWriter err = ended.commandLine().getErr();
      err.println("Next, %s: %s".formatted(purpose, CommandName.line(words)));
      err.flush();
    }
  }
}
