package org.unvanish.benchmarks.sidebyside;

import java.awt.Color;

/** How contestants are called and coloured where people read of them. */
final class Names {

  private Names() {}

  /** A contestant's title. */
  static String title(String contestant) {
    return switch (contestant) {
      case "pytorch" -> "PyTorch (DJL)";
      case "tensorflow" -> "TensorFlow-Java";
      case "dl4j" -> "DL4J (SameDiff)";
      default ->
          Entrants.isEngine(contestant)
              ? "Unvanish on Java " + contestant.substring(Entrants.ENGINE.length())
              : contestant;
    };
  }

  /**
   * A contestant's colour: told apart by the colour-blind, too (Okabe &amp; Ito 2008). The engine's
   * is the same on each Java.
   */
  static Color colour(String contestant) {
    return switch (contestant) {
      case "pytorch" -> new Color(0xd55e00);
      case "tensorflow" -> new Color(0xe69f00);
      case "dl4j" -> new Color(0x999999);
      default -> new Color(0x0072b2);
    };
  }
}
