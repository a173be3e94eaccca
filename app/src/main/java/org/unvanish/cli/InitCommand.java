package org.unvanish.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.unvanish.cli.execution.OutputFolder;
import org.unvanish.cli.terminal.CommandFailure;
import org.unvanish.cli.terminal.ExitCode;
import org.unvanish.cli.terminal.LoadingProgress;
import org.unvanish.cli.terminal.ProgressLine;
import org.unvanish.cli.terminal.ShellWords;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.file.AtomicFile;
import org.unvanish.model.ModelReader;
import org.unvanish.spec.draft.SpecDraft;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a first spec for somebody's data. */
@Command(
    name = "init",
    description = {
      "Writes a commented spec that fits your data.",
      "",
      "The spec names the target, a network, a loss and a scaling. Change it, or diagnose and "
          + "run it as it is.",
      "",
      "For a table, it gives each column a role: target, number, category, or step of a "
          + "sequence. Columns that name rows or have missing cells are left out, and the spec says "
          + "so.",
    },
    footer = {
      "",
      "Examples:",
      "  unvanish init flowers.csv",
      "  unvanish init houses.csv --target price,rent",
      "  unvanish init photos --out photos.yaml",
      "  unvanish init circles",
      "",
      "Exit codes: 0 done, 1 failed or the file exists already, 2 wrong usage.",
    })
final class InitCommand implements Callable<Integer> {

  private final DataCatalog catalog;
  private final ProgressLine progress;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "DATA",
      description =
          "A CSV or .npz file; a folder of images, of IDX files, or with train.csv and "
              + "test.csv; or a name that `unvanish data list` shows.")
  private String source = "";

  @Option(
      names = "--target",
      paramLabel = "COLUMN",
      split = ",",
      description =
          "The target column of a table; several columns of numbers are separated by commas. "
              + "Default: label, class, target or y, else the last usable column.")
  private List<String> targets = List.of();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "The spec to write; the file must not exist yet. Default: NAME.yaml in " + "this folder.")
  private @Nullable Path out;

  InitCommand(DataCatalog catalog, ProgressLine progress) {
    this.catalog = catalog;
    this.progress = progress;
  }

  @Override
  public Integer call() {
    Path file = out == null ? Path.of(SpecDraft.name(source) + ".yaml") : out;
    requireNew(file);
    requireData();
    String word = ShellWords.quoted(file.toString());
    SpecDraft draft = SpecDraft.of(source, targets, word, catalog, new LoadingProgress(progress));
    progress.clear();
    write(file, draft.text());
    tell(file, draft);
    return ExitCode.DONE;
  }

  /** Before anything is read: the user's own spec stays as it is. */
  private static void requireNew(Path file) {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new CommandFailure(
          file + " exists already and was not changed. Name another file with --out");
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new CommandFailure(
          "cannot write %s: the folder %s does not exist. Create it first".formatted(file, folder));
    }
  }

  /** What is no data, but something that another command reads. */
  private void requireData() {
    String word = ShellWords.quoted(source);
    if (ModelReader.isModel(Path.of(source))) {
      throw new CommandFailure(
          "%s is a model, not data. Look at it with: unvanish diagnose %s".formatted(source, word));
    }
    if (source.endsWith(".yaml") || source.endsWith(".yml")) {
      throw new CommandFailure(
          "%s is a spec already. Check it with: unvanish check %s".formatted(source, word));
    }
  }

  private static void write(Path file, String text) {
    try {
      AtomicFile.create(file, text.getBytes(StandardCharsets.UTF_8));
    } catch (FileAlreadyExistsException e) {
      throw new CommandFailure(
          file + " was created meanwhile and was not changed. Name another file with --out", e);
    } catch (IOException e) {
      throw new CommandFailure("cannot write %s: %s".formatted(file, OutputFolder.reason(e)), e);
    }
  }

  private void tell(Path file, SpecDraft draft) {
    PrintWriter text = spec.commandLine().getOut();
    text.printf("wrote %s, for %s%n", file, draft.found());
    if (!draft.learnt().isEmpty()) {
      text.printf(
          "target%s: %s%s%n",
          draft.learnt().size() == 1 ? "" : "s",
          String.join(", ", draft.learnt()),
          draft.isGuessed() ? " (a guess; name another with --target)" : "");
    }
    draft.left().forEach(left -> text.println("left out: " + left));
    text.flush();
    new NextCommand(spec).afterSpec(file.toString());
  }
}
