package org.unvanish.cli.option;

import picocli.CommandLine.Option;

/** The option that attaches the diagnosis to training. */
public final class ProbeOption {

  @Option(
      names = "--probe",
      description =
          "Probe the backpropagated gradient in the first seed's run of each arm, at the start "
              + "and after every epoch. The page draws it (see: unvanish report --help). Does not "
              + "change the training.")
  private boolean asked;

  /** True where it is given. */
  public boolean isAsked() {
    return asked;
  }
}
