package org.unvanish.cli.execution;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unvanish.cli.option.ClusterOptions;
import org.unvanish.cli.option.Workers;
import org.unvanish.cli.terminal.CommandFailure;
import org.unvanish.cli.text.Json;
import org.unvanish.cli.text.ProofResult;
import org.unvanish.examination.Examination;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.RunResult;
import org.unvanish.file.AtomicFile;
import org.unvanish.spec.ArmSpec;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.spec.Overrides;
import org.unvanish.spec.ProofSpec;
import org.unvanish.spec.Remedied;
import org.unvanish.text.StyledText;

/** A prescription that is put to the proof by training and, if that proves it, written down. */
public final class Proof {

  private static final String SCALED_FILES = "scaled";

  /** What training says, taken from its epochs while they could be read. */
  private record Conclusion(boolean proved, StyledText text, Object json) {}

  private final Examination found;
  private final ProofSpec proof;
  private final ExperimentSpec fixed;
  private final Path folder;

  /** Null where nothing is prescribed. */
  private final @Nullable Path fixedFile;

  private final List<String> notes;

  private @Nullable ExecutionResult executed;
  private @Nullable Conclusion conclusion;
  private boolean written;

  private Proof(
      Examination found,
      ProofSpec proof,
      ExperimentSpec fixed,
      Path folder,
      @Nullable Path fixedFile,
      List<String> notes) {
    this.found = found;
    this.proof = proof;
    this.fixed = fixed;
    this.folder = folder;
    this.fixedFile = fixedFile;
    this.notes = notes;
  }

  /**
   * Makes sure that all can be written, before anything is trained.
   *
   * @param spec whose arm was examined
   * @param runs changes seeds and epochs
   * @param original where the spec was read; null for one of the paper's
   * @param out the folder for the runs, or null
   * @throws CommandFailure if something else stands where the fixed spec or the runs are to go
   */
  public static Proof plan(
      ExperimentSpec spec,
      ArmSpec arm,
      Overrides runs,
      Examination found,
      @Nullable Path original,
      @Nullable Path out) {
    ArmSpec shortened = spec.with(runs).arms().get(spec.arms().indexOf(arm));
    ProofSpec proof =
        ProofSpec.of(spec, shortened, found.prescription(), found.penaltyAlone(), found.data());
    ExperimentSpec fixed = Remedied.spec(spec, arm, found.prescription());
    Path folder = folder(spec, out);
    Path file =
        original == null
            ? folder.resolve(fixed.name() + ".yaml")
            : original.resolveSibling(
                original.getFileName().toString().replaceFirst("\\.ya?ml$", "") + "-fixed.yaml");
    boolean empty = found.prescription().isEmpty();
    if (!empty) {
      requireFree(file, fixed.toYaml());
    }
    return new Proof(found, proof, fixed, folder, empty ? null : file, notes(arm, found));
  }

  /**
   * The folder for the runs of a proof.
   *
   * @param out as the user names it, or null
   * @throws CommandFailure if another experiment is in it
   */
  public static Path folder(ExperimentSpec spec, @Nullable Path out) {
    Path folder = out == null ? Path.of("results", ProofSpec.name(spec)) : out;
    StoredExperiments.requireOwn(folder, ProofSpec.name(spec), ProofSpec.scaledName(spec));
    return folder;
  }

  /** What weights of a file do to the proof. */
  private static List<String> notes(ArmSpec arm, Examination found) {
    if (!arm.weights().isWhole()) {
      return List.of();
    }
    List<String> notes = new ArrayList<>();
    notes.add(
        "All seeds start at the weights of the file, so they are less independent than with "
            + "random weights. They differ only in the rest, such as the order of mini-batches.");
    if (found.prescription().initial() != null) {
      notes.add(
          "The prescribed initialization draws new weights for each seed, so what the file's "
              + "weights have learned is lost.");
    }
    return notes;
  }

  private static void requireFree(Path file, String text) {
    try {
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.readString(file).equals(text)) {
        throw new CommandFailure(file + " exists already with other content. Move or delete it");
      }
    } catch (IOException e) {
      throw new CommandFailure(
          "%s cannot be read (%s). Move or delete it".formatted(file, OutputFolder.reason(e)), e);
    }
  }

  /** Where the runs go. */
  public Path folder() {
    return folder;
  }

  /** Seeds with which each arm is trained. */
  public int seeds() {
    return proof.spec().arms().get(0).seeds().size();
  }

  /**
   * Trains what is not trained yet, and writes the fixed spec if that proves it.
   *
   * @param width of the lines of what came out, in characters
   * @param all whether all of it is told, or what decides
   */
  public void run(Execution execution, Workers workers, int width, boolean all) {
    OutputFolder.prepare(folder);
    List<Execution.Task> tasks = new ArrayList<>();
    tasks.add(new Execution.Task(proof.spec(), "", true, Optional.of(found), Optional.empty()));
    proof.scaled().ifPresent(spec -> tasks.add(new Execution.Task(spec, SCALED_FILES, true)));
    executed =
        execution.run(
            tasks,
            workers,
            new ClusterOptions(),
            done -> conclusion = conclusion(done, width, all));
    if (fixedFile != null && Objects.requireNonNull(conclusion).proved()) {
      write(fixedFile);
      written = true;
    }
  }

  private static Conclusion conclusion(ExecutionResult done, int width, boolean all) {
    ProofResult result =
        new ProofResult(
            done.experiments().stream()
                .map(ExecutionResult.Outcome::result)
                .reduce(Proof::joined)
                .orElseThrow(),
            done.experiments().get(0).constant());
    return new Conclusion(result.isProved(), result.text(width, all), result.json());
  }

  private void write(Path file) {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      // It says the same, or was made while we trained.
      requireFree(file, fixed.toYaml());
      return;
    }
    try {
      AtomicFile.write(file, fixed.toYaml().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new CommandFailure("cannot write %s (%s)".formatted(file, OutputFolder.reason(e)), e);
    }
  }

  /** Both experiments as one, the prescribed arm behind the untouched one. */
  private static ExperimentResult joined(ExperimentResult first, ExperimentResult scaled) {
    Experiment experiment = first.experiment();
    List<Arm> arms = new ArrayList<>(experiment.arms());
    arms.addAll(1, scaled.experiment().arms());
    List<RunResult> runs = new ArrayList<>(first.runs());
    runs.addAll(scaled.runs());
    return new ExperimentResult(
        new Experiment(experiment.name(), experiment.title(), experiment.data(), arms), runs);
  }

  /** True where no run failed or was interrupted. */
  public boolean isComplete() {
    return Objects.requireNonNull(executed).isComplete();
  }

  /** True where runs were stopped before all had ended: how to go on is told already. */
  public boolean isInterrupted() {
    return Objects.requireNonNull(executed).isInterrupted();
  }

  /** What came out, at the end of a terminal session. */
  public StyledText text(int width) {
    StyledText text =
        new StyledText().blank().add(Objects.requireNonNull(conclusion).text()).blank();
    proof.omitted().forEach(line -> text.paragraph(line, width));
    notes.forEach(note -> text.paragraph("note: " + note, width));
    // Lines to copy a path from are not wrapped.
    text.add("All runs are in %s\n".formatted(folder));
    return fixedFile == null
        ? text
        : text.add((written ? "wrote " + fixedFile : unwritten(fixedFile)) + "\n");
  }

  /** Says that there is no fixed spec, and where what was trained stands all the same. */
  private String unwritten(Path file) {
    Path trained =
        proof.scaled().isPresent()
            ? folder.resolve(SCALED_FILES).resolve(proof.scaled().get().name() + ".yaml")
            : folder.resolve(proof.spec().name() + ".yaml");
    return (Files.exists(file)
            ? file + " is from an earlier proof, which this one does not support."
            : "No fixed spec was written, because the prescription is not proved.")
        + "\nWhat was tried: arm “%s” in %s".formatted(ProofSpec.PRESCRIBED, trained);
  }

  /** What came out, for programs. */
  public Object json() {
    return Json.object(
        "folder",
        folder.toString(),
        "fixed",
        written ? String.valueOf(fixedFile) : null,
        "omitted",
        proof.omitted(),
        "notes",
        notes,
        "result",
        Objects.requireNonNull(conclusion).json());
  }
}
