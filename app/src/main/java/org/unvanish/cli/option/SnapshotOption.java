package org.unvanish.cli.option;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.unvanish.probe.ProbedTraining;

/** When a training is probed, as a user writes it: steps, or epochs with an e. */
public final class SnapshotOption {

  /** {@link ProbedTraining#usualSteps} as a user would write it. */
  public static final String DEFAULT = "0,300,1e";

  private static final Pattern ENTRY = Pattern.compile("([0-9]{1,9})(e?)");
  private static final int MOST = 1_000;
  private static final long MOST_EPOCHS = 10_000;

  private final List<String> entries;

  /**
   * @throws IllegalArgumentException if a snapshot is no number, with or without an e, or they are
   *     too many
   */
  public SnapshotOption(String text) {
    entries = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    for (String entry : entries) {
      Matcher matcher = ENTRY.matcher(entry);
      if (!matcher.matches()
          || (matcher.group(2).equals("e") && Long.parseLong(matcher.group(1)) > MOST_EPOCHS)
          || entries.size() > MOST) {
        throw new IllegalArgumentException(
            ("--snapshots must be up to %d numbers of steps, or of epochs such as 2e (up to %de),"
                    + " separated by commas, but has '%s'")
                .formatted(MOST, MOST_EPOCHS, entry));
      }
    }
  }

  /** In steps. */
  public List<Long> steps(long stepsPerEpoch) {
    return entries.stream().map(entry -> step(entry, stepsPerEpoch)).distinct().sorted().toList();
  }

  private static Long step(String entry, long stepsPerEpoch) {
    return entry.endsWith("e")
        ? Long.parseLong(entry.substring(0, entry.length() - 1)) * stepsPerEpoch
        : Long.parseLong(entry);
  }
}
