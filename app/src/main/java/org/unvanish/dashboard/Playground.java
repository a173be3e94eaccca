package org.unvanish.dashboard;

import java.util.List;

/**
 * The theory's playground, in two parts: sliders for the chain network of Ven &amp; Lederer (2021),
 * section 2, and the gradient that reaches each of its layers; and the phase diagram of wide random
 * networks. Scripts draw both live.
 *
 * <p>It is a page of its own here. Another page that mounts the first part names its scripts and
 * style sheet and calls {@code Unvanish.playground(element)}.
 */
public final class Playground {

  private static final String START =
      """
      Unvanish.playground(document.getElementById("playground"));
      Unvanish.phasePlayground(document.getElementById("phase"));
      """;

  private Playground() {}

  /** A page of its own, which works from a disk and fetches nothing. */
  public static String page() {
    return OneFile.page(
        "playground.html",
        List.of("playground.css", "phase.css"),
        List.of(
            "controls.js",
            "playground.js",
            "mean-field.js",
            "phase.js",
            "depth.js",
            "phase-words.js",
            "phase-playground.js"),
        START);
  }
}
