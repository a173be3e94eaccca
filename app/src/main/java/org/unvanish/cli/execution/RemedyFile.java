package org.unvanish.cli.execution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.unvanish.cli.option.RemedyFormat;
import org.unvanish.cli.terminal.CommandFailure;
import org.unvanish.diagnosis.prescription.Change;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.file.ResultFile;
import org.unvanish.model.ModelRefusedException;
import org.unvanish.model.RemediedModel;

/** A prescription for somebody's model as a file: tried out before the diagnosis, written after. */
public final class RemedyFile {

  private final Path file;
  private final RemedyFormat format;

  private RemedyFile(Path file, RemedyFormat format) {
    this.file = file;
    this.format = format;
  }

  /**
   * Looks whether it can be written.
   *
   * @param model the file of the model, which stays as it is
   * @throws CommandFailure if not
   */
  public static RemedyFile plan(Path file, RemedyFormat format, Path model) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new CommandFailure(
          "cannot write %s: the folder %s does not exist. Create it first".formatted(file, folder));
    }
    try {
      if (Files.exists(file) && Files.isSameFile(file, model)) {
        throw new CommandFailure(
            file
                + " is the model itself, which is never overwritten. Name another file with "
                + "--write");
      }
      ResultFile.requireReplaceable(file);
    } catch (IOException e) {
      throw failure(file, e);
    }
    return new RemedyFile(file, format);
  }

  private static CommandFailure failure(Path file, IOException e) {
    return new CommandFailure(
        "cannot write %s: %s. Move that file, or name another with --write"
            .formatted(file, OutputFolder.reason(e)),
        e);
  }

  /**
   * What came of it.
   *
   * @param file if it was written
   * @param sentences for the user
   * @param rest what of the prescription the file does not have
   */
  public record Written(Optional<Path> file, List<String> sentences, Change rest) {
    /** Copies the list. */
    public Written {
      sentences = List.copyOf(sentences);
    }
  }

  /**
   * Writes it, if there is something of the prescription that such a file can have.
   *
   * @throws CommandFailure if that fails
   */
  public Written write(ExaminedModel examined) {
    Change change = examined.prescription().change();
    if (change.isEmpty()) {
      return new Written(
          Optional.empty(),
          List.of("Nothing is prescribed, so %s was not written.".formatted(file)),
          change);
    }
    Change part = format.part(change);
    if (part.isEmpty()) {
      return new Written(
          Optional.empty(),
          List.of(
              "%s was not written: such a file cannot hold what is prescribed (%s)."
                  .formatted(file, change)),
          change);
    }
    RemediedModel model =
        new RemediedModel(examined.model(), examined.found().stack(), part, examined.seed());
    List<String> sentences = new ArrayList<>();
    try {
      for (Map.Entry<Path, byte[]> written : format.files(file, model).entrySet()) {
        ResultFile.write(written.getKey(), written.getValue());
      }
      sentences.add(
          "wrote %s: %s, with %s".formatted(file, format.content(examined.model()), part));
      model
          .untouchedNodes()
          .forEach(
              node ->
                  sentences.add(
                      ("note: %s keeps its functions, as in the measurement. The remedy is for "
                              + "activations between layers.")
                          .formatted(node)));
      if (format == RemedyFormat.SAFETENSORS && !model.unknownNames().isEmpty()) {
        sentences.add(
            ("note: export with do_constant_folding=False. The exporter invented names such as "
                    + "%s, which your program does not know.")
                .formatted(model.unknownNames().get(0)));
      }
    } catch (IOException e) {
      throw failure(file, e);
    } catch (ModelRefusedException e) {
      throw new CommandFailure("cannot write %s: %s".formatted(file, e.getMessage()), e);
    }
    return new Written(Optional.of(file), sentences, rest(change, part));
  }

  /** A loss that takes logits is no part of a model, though what it takes them of is. */
  private static Change rest(Change change, Change part) {
    List<OtherRemedy> other =
        change.other().stream()
            .filter(remedy -> !part.other().contains(remedy) || remedy.changesLoss())
            .toList();
    return new Change(
        change.l2(),
        part.alpha() == null ? change.alpha() : null,
        part.initial() == null ? change.initial() : null,
        other,
        part.factors().isEmpty() ? change.factors() : List.of());
  }
}
