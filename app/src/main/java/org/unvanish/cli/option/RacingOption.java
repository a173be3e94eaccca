package org.unvanish.cli.option;

import org.unvanish.spec.ExperimentSpec;
import picocli.CommandLine.Option;

/** The option that trains all arms of a sweep. */
public final class RacingOption {

  @Option(
      names = "--no-racing",
      description =
          "Train all arms of a sweep to the end. Otherwise \"racing\" in the spec drops arms "
              + "that are far behind (docs/racing.md).")
  private boolean none;

  /** The spec as this option has it. */
  public ExperimentSpec apply(ExperimentSpec spec) {
    return none ? spec.withoutRacing() : spec;
  }
}
