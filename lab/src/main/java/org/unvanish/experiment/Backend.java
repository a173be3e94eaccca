package org.unvanish.experiment;

import java.util.Optional;

/**
 * What computes an arm's runs. Runs of two backends agree in what they train and in which order,
 * but not in their bits, so that a backend belongs to an arm's {@link Definition}.
 */
public enum Backend {
  /** Unvanish's own engine. */
  ENGINE("engine", "engine", Optional.empty()),
  /** PyTorch, through Deep Java Library. */
  PYTORCH("pytorch", "PyTorch", Optional.of(1)),
  /** Another program, which Unvanish watches: no arm of a spec has it. */
  OTHER("other", "another program", Optional.empty());

  private final String label;
  private final String title;
  private final Optional<Integer> revision;

  Backend(String label, String title, Optional<Integer> revision) {
    this.label = label;
    this.title = title;
    this.revision = revision;
  }

  /** As specs and the command line write it. */
  public String label() {
    return label;
  }

  /** As people read it. */
  public String title() {
    return title;
  }

  /**
   * What a definition says of it beside the engine's own revision: nothing of the engine. The
   * number is raised whenever the same arm comes to other numbers through no change of PyTorch's.
   */
  Optional<String> definition() {
    return revision.map(number -> title + ", revision " + number);
  }
}
