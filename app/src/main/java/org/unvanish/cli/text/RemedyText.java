package org.unvanish.cli.text;

import java.util.List;
import org.unvanish.cli.execution.ExaminedModel;
import org.unvanish.cli.execution.RemedyFile;
import org.unvanish.diagnosis.prescription.Change;
import org.unvanish.model.RemedyCode;
import org.unvanish.text.StyledText;

/** The remedy for somebody's model: lines to paste, and what was written. */
public final class RemedyText {

  private final ExaminedModel found;
  private final RemedyCode.Target language;

  /**
   * @param language of the lines
   */
  public RemedyText(ExaminedModel found, RemedyCode.Target language) {
    this.found = found;
    this.language = language;
  }

  /** Lines for all that is prescribed. */
  public List<String> lines() {
    return lines(found.prescription().change());
  }

  private List<String> lines(Change change) {
    return RemedyCode.of(found.found().stack(), change, language);
  }

  /** The lines, as a user asked for them. */
  public String pasted() {
    List<String> lines = lines();
    return lines.isEmpty()
        ? "\nNothing to paste.\n"
        : "\nTo paste (%s):\n\n%s".formatted(language.label(), joined(lines));
  }

  /**
   * What was written, and lines for what was not.
   *
   * @param pasted whether all lines are there already
   * @param width of a line in characters
   */
  public String written(RemedyFile.Written written, boolean pasted, int width) {
    StringBuilder text = new StringBuilder("\n");
    written.sentences().forEach(sentence -> text.append(StyledText.wrapped(sentence, width)));
    if (!written.rest().isEmpty()) {
      if (written.file().isPresent()) {
        text.append(
            StyledText.wrapped(
                "Prescribed as well, but not in the file: %s.".formatted(written.rest()), width));
      }
      text.append(
          pasted
              ? "The lines above have all of it.\n"
              : "For your program (%s):\n\n%s"
                  .formatted(language.label(), joined(lines(written.rest()))));
    }
    return text.toString();
  }

  private static String joined(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }
}
