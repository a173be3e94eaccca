package org.unvanish.data.scaling;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Pixels;

/**
 * How the scaling of inputs changes a data set, compared with its files.
 *
 * <p>Whoever diagnoses a program of their own must know where the two differ: inputs of 0 to 100
 * saturate a network, and the same inputs scaled to [0, 1] do not.
 *
 * @param table true where the inputs are the columns of a table, false where they are pixels
 * @param least the smallest input of the training samples that is a number and no category,
 *     unscaled
 * @param most the largest one
 * @param rms the root mean square of all of them; 0 where there are none
 * @param scaling what is done to them
 * @param asked whether somebody wrote so; false where the scaling is a default
 * @param changes whether the scaling changes any column or channel by more than a tenth of its unit
 *     range, in place or in size
 */
public record InputScaling(
    boolean table,
    double least,
    double most,
    double rms,
    PixelScaling scaling,
    boolean asked,
    boolean changes) {

  /** What is less is no reason to tell anybody: a test split takes as much off a column's range. */
  private static final double SLIGHT = 0.1;

  /**
   * Of a data set.
   *
   * @param asked whether somebody wrote so
   */
  public static InputScaling of(Dataset data, PixelScaling scaling, boolean asked) {
    ImageSet train = data.train();
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    double squares = 0;
    long count = 0;
    for (int sample = 0; sample < train.count(); sample++) {
      for (int channel = 0; channel < train.shape().channels(); channel++) {
        int start = train.start(sample, channel);
        int end = train.columns().isNumeric(channel) ? start + train.realValues(sample) : start;
        for (int i = start; i < end; i++) {
          double value = train.pixels().value(i);
          least = Math.min(least, value);
          most = Math.max(most, value);
          squares += value * value;
        }
        count += end - start;
      }
    }
    List<ChannelScaling> channels = scaling.fit(train);
    return new InputScaling(
        train.pixels() instanceof Pixels.Floats,
        least,
        most,
        count == 0 ? 0 : Math.sqrt(squares / count),
        scaling,
        asked,
        channels.stream().anyMatch(channel -> channel.changesBy(SLIGHT)));
  }

  /** Whether the data are changed by more than a little though nobody asked for it. */
  public boolean isUnasked() {
    return changes && !asked;
  }

  /**
   * For people, where the data are changed though nobody asked for it: what they are without, and
   * what to write if that is meant.
   */
  public Optional<String> remark() {
    return isUnasked()
        ? Optional.of(
            "%s; in the data they go from %s to %s (rms %s). If your own program trains on them as"
                    .formatted(sentence(), number(least), number(most), number(rms))
                + " they are, write \"input-scaling: raw\" and diagnose that.")
        : Optional.empty();
  }

  private String sentence() {
    String description = scaling.description(table);
    return Character.toUpperCase(description.charAt(0))
        + description.substring(1).replaceFirst(" ", " are ");
  }

  /** Of three digits, as nobody needs more. */
  private static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e6) {
      return Long.toString((long) value);
    }
    double size = Math.abs(value);
    if (size >= 1e6 || size < 1e-3) {
      return String.format(Locale.ROOT, "%.1e", value);
    }
    return String.format(Locale.ROOT, size >= 100 ? "%.0f" : size >= 1 ? "%.1f" : "%.3f", value);
  }
}
