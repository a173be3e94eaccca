package org.unvanish.experiment;

import org.unvanish.data.Columns;
import org.unvanish.data.Dataset;
import org.unvanish.data.Shape;
import org.unvanish.loss.TargetKind;

/**
 * What an experiment knows of its data set without having the samples in memory: enough to check
 * networks, to tell data sets apart, and to report.
 *
 * @param name as users write it
 * @param title as a figure's caption names it
 * @param sha256 of the samples: what tells data sets apart; see {@link Dataset}
 * @param shape of one sample
 * @param classes how many there are or, where numbers are to be learnt, how many a sample has
 * @param trainSamples how many there are; 0 where another program's training was recorded, whose
 *     data nobody knows
 * @param testSamples how many there are
 * @param columns what inputs and targets are, where they have names
 * @param targets what is to be learnt
 */
public record DataDescription(
    String name,
    String title,
    String sha256,
    Shape shape,
    int classes,
    int trainSamples,
    int testSamples,
    Columns columns,
    TargetKind targets) {

  /** Of classes, and of data whose values have no names. */
  public DataDescription(
      String name,
      String title,
      String sha256,
      Shape shape,
      int classes,
      int trainSamples,
      int testSamples) {
    this(
        name,
        title,
        sha256,
        shape,
        classes,
        trainSamples,
        testSamples,
        Columns.NONE,
        TargetKind.CLASSES);
  }

  /** True for numbers, which have no pixels: rows of a table, or sequences of such rows. */
  public boolean isTable() {
    return shape.isFlat() || !columns.inputs().isEmpty();
  }

  /** Several samples in a word: {@code samples}, {@code images}, {@code sequences}. */
  public String samplesWord() {
    if (shape.isSequence()) {
      return "sequences";
    }
    return isTable() ? "samples" : "images";
  }

  /** The same with other targets. */
  public DataDescription withTargets(TargetKind other) {
    return new DataDescription(
        name, title, sha256, shape, classes, trainSamples, testSamples, columns, other);
  }

  /** {@code 10 classes}, {@code 1 numeric target}. */
  public String targetsText() {
    return classes
        + switch (targets) {
          case CLASSES -> classes == 1 ? " class" : " classes";
          case NUMBERS -> classes == 1 ? " numeric target" : " numeric targets";
        };
  }

  /** The description of a data set. */
  public static DataDescription of(Dataset data) {
    return new DataDescription(
        data.name(),
        data.title(),
        data.sha256(),
        data.train().shape(),
        data.targetWidth(),
        data.train().count(),
        data.test().count(),
        data.train().columns(),
        data.train().targets().kind());
  }
}
