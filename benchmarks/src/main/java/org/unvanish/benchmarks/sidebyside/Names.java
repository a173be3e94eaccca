package org.unvanish.benchmarks.sidebyside;

import java.awt.Color;

/** How contestants are called and coloured where people read of them. */
final class Names {

  private Names() {}

  /** A contestant's title. */
  static String title(String contestant) {
    return switch (contestant) {
      case Entrants.UNVANISH -> "Unvanish";
      case "pytorch" -> "PyTorch (DJL)";
      case "tensorflow" -> "TensorFlow-Java";
      case "dl4j" -> "DL4J (SameDiff)";
      default -> contestant;
    };
  }

  /** A contestant's colour: told apart by the colour-blind, too (Okabe &amp; Ito 2008). */
  static Color colour(String contestant) {
    return switch (contestant) {
      case Entrants.UNVANISH -> new Color(0x0072b2);
      case "pytorch" -> new Color(0xd55e00);
      case "tensorflow" -> new Color(0xe69f00);
      default -> new Color(0x999999);
    };
  }
}
