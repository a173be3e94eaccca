package org.unvanish.experiment;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.unvanish.codec.Sha256;
import org.unvanish.loss.TargetKind;
import org.unvanish.train.RecordedSteps;

/**
 * All that decides the runs of an arm, beside seed and epochs, as text: one {@code key: value} a
 * line. Two arms whose definitions are equal train and record to the same bits, whatever they are
 * named.
 *
 * <p>The number of epochs is not in it, as training does not depend on it; nor is the name of the
 * data set, as the checksum of its samples decides.
 *
 * @param text the lines, each ended by LF; no key twice
 */
public record Definition(String text) {

  /** The key of the backend; without it, that is the engine. */
  static final String BACKEND = "backend";

  /** The key of what is to be learnt; without it, that is classes. */
  static final String TARGETS = "targets";

  /** The value of {@link #TARGETS}. */
  static final String NUMBERS = "numbers";

  /** The key of how many steps it is of which one is recorded; without it, that is 1. */
  public static final String RECORD_EVERY = "record every";

  /** What is to be learnt. */
  public TargetKind targets() {
    return NUMBERS.equals(values().get(TARGETS)) ? TargetKind.NUMBERS : TargetKind.CLASSES;
  }

  /** In which steps gradients are recorded. */
  public RecordedSteps recorded() {
    String every = values().get(RECORD_EVERY);
    return every == null ? RecordedSteps.ALL : new RecordedSteps(Integer.parseInt(every));
  }

  /** Of an arm on these data. */
  public static Definition of(Arm arm, DataDescription data) {
    return arm.recipe() instanceof Recipe.Watched watched
        ? watched.definition()
        : new Definition(new DefinitionWriter(arm, data).text());
  }

  /** The SHA-256 of the text in UTF-8, in lower-case hexadecimal. */
  public String sha256() {
    return Sha256.of(text.getBytes(UTF_8));
  }

  /**
   * What another definition says otherwise, in its order: {@code batch size: 32 in the folder, 64
   * now}. This one is what is in the folder.
   */
  public List<String> differences(Definition now) {
    return differences(now, "in the folder", "now");
  }

  /**
   * The same in other words: {@code batch size: 32 in a, 64 in b}.
   *
   * @param where this one is
   * @param whereOther the other is
   */
  public List<String> differences(Definition other, String where, String whereOther) {
    Map<String, String> here = values();
    Map<String, String> there = other.values();
    Set<String> keys = new LinkedHashSet<>(there.keySet());
    keys.addAll(here.keySet());
    List<String> differences = new ArrayList<>();
    for (String key : keys) {
      String absent =
          switch (key) {
            case BACKEND -> Backend.ENGINE.title();
            case RECORD_EVERY -> "" + RecordedSteps.ALL.every();
            default -> "none";
          };
      String before = here.getOrDefault(key, absent);
      String after = there.getOrDefault(key, absent);
      if (!before.equals(after)) {
        differences.add("%s: %s %s, %s %s".formatted(key, before, where, after, whereOther));
      }
    }
    return differences;
  }

  /** The lines by their keys, in order. */
  public Map<String, String> values() {
    Map<String, String> values = new LinkedHashMap<>();
    text.lines()
        .forEach(
            line -> {
              int colon = line.indexOf(": ");
              values.put(line.substring(0, colon), line.substring(colon + 2));
            });
    return values;
  }
}
