package org.unvanish.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which targets are learnt, and in which units.
 *
 * @since 0.1
 */
public enum TargetChoice {
  /** The classes, or the numbers as the data have them. */
  RAW {
    @Override
    public Dataset of(Dataset data) {
      return data;
    }
  },
  /**
   * The numbers, each column less its mean and divided by its standard deviation, both of the
   * training samples. Errors are then in standard deviations.
   */
  STANDARDISED {
    @Override
    public Dataset of(Dataset data) {
      if (!(data.train().targets() instanceof Targets.Numeric numbers)) {
        throw new DataException(
            "the targets of "
                + data.name()
                + " are classes, which cannot be standardised. Leave \"targets\" out, or name the"
                + " columns with numbers as target-columns.");
      }
      List<TargetColumn> columns = new ArrayList<>();
      List<TargetColumn> before = data.train().columns().targets();
      for (int i = 0; i < numbers.width(); i++) {
        String name = before.isEmpty() ? "target " + (i + 1) : before.get(i).name();
        columns.add(standardised(name, numbers, i));
      }
      return data.with(scaled(data.train(), columns), scaled(data.test(), columns), title(columns));
    }
  },
  /** The inputs themselves, scaled as the network reads them: for autoencoders. */
  INPUTS {
    @Override
    public Dataset of(Dataset data) {
      if (!data.train().lengths().isFull() || !data.test().lengths().isFull()) {
        throw new DataException(
            "the sequences of "
                + data.name()
                + " have different lengths, so a network would learn the zeros that fill them up."
                + " Leave out \"targets: inputs\", or make all sequences equally long.");
      }
      return data.with(ofInputs(data.train()), ofInputs(data.test()), "the inputs are the targets");
    }
  };

  /**
   * A data set with these targets. It has another checksum than with others.
   *
   * @param data with its classes, or its numbers as they are
   * @throws DataException if it has no such targets
   */
  public abstract Dataset of(Dataset data);

  private static TargetColumn standardised(String name, Targets.Numeric numbers, int index) {
    double sum = 0;
    for (int sample = 0; sample < numbers.count(); sample++) {
      sum += numbers.number(sample, index);
    }
    double mean = sum / numbers.count();
    // A second pass: the mean of the squares would lose numbers that vary little about much.
    double squares = 0;
    for (int sample = 0; sample < numbers.count(); sample++) {
      double off = numbers.number(sample, index) - mean;
      squares += off * off;
    }
    double deviation = Math.sqrt(squares / numbers.count());
    return new TargetColumn(name, mean, deviation > 0 ? deviation : 1);
  }

  private static ImageSet scaled(ImageSet samples, List<TargetColumn> columns) {
    Targets.Numeric numbers = (Targets.Numeric) samples.targets();
    int width = numbers.width();
    float[] scaled = Memory.floats((long) numbers.count() * width);
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = columns.get(i % width).scaled(numbers.number(i / width, i % width));
    }
    return samples.withTargets(new Targets.Numbers(scaled, width), columns);
  }

  /** With the numbers for one column, which are told; of several, a caption has no room. */
  private static String title(List<TargetColumn> columns) {
    if (columns.size() > 1) {
      return "targets standardised";
    }
    TargetColumn column = columns.get(0);
    return String.format(
        Locale.ROOT,
        "%s standardised (mean %.4g, standard deviation %.4g)",
        column.name(),
        column.mean(),
        column.deviation());
  }

  private static ImageSet ofInputs(ImageSet samples) {
    return samples.withTargets(new Targets.Inputs(samples.shape(), samples.pixels()), List.of());
  }
}
