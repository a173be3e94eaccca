package org.unvanish.cli.option;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.unvanish.spec.SpecWords;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Reads the values of options, and says what is wanted where one is none.
 *
 * @param spec of the command that has the options
 */
record OptionReader(CommandSpec spec) {

  /** A number from 1 to the most that there can be. */
  OptionalInt number(String option, @Nullable Integer given, int most) {
    if (given == null) {
      return OptionalInt.empty();
    }
    if (given < 1 || given > most) {
      throw wrong("%s must be from 1 to %d, but is %d".formatted(option, most, given));
    }
    return OptionalInt.of(given);
  }

  /** What one of some words means. */
  <T> Optional<T> word(String option, @Nullable String given, Map<String, T> words) {
    if (given == null) {
      return Optional.empty();
    }
    Optional<T> meant = SpecWords.meaning(given, words);
    if (meant.isEmpty()) {
      throw wrong(
          "%s must be %s, but is '%s'"
              .formatted(option, String.join(" or ", words.keySet()), given));
    }
    return meant;
  }

  ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
