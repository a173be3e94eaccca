package org.unvanish.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** What options and their values were called in earlier versions, which is still understood. */
final class OldNames {

  /**
   * @param option with whose value the word stands, or which it is itself
   */
  private record Renamed(String option, String old, String present) {}

  private static final List<Renamed> ALL =
      List.of(
          new Renamed("--moments", "--moments", "--snapshots"),
          new Renamed("--pixels", "--pixels", "--input-scaling"),
          new Renamed("--threshold", "network-decades", "network-log10"),
          new Renamed("--threshold", "layer-decades", "layer-log10"),
          new Renamed("--fail-on", "steady", "stable"));

  private OldNames() {}

  /** The words of a command line in their present form; a note tells each that is another. */
  static String[] present(String[] words, PrintWriter err) {
    List<String> present = new ArrayList<>();
    String before = "";
    for (String word : words) {
      String now = word;
      for (Renamed renamed : ALL) {
        boolean own = word.equals(renamed.option) || word.startsWith(renamed.option + "=");
        String replaced =
            now.replaceFirst("(?<![\\w-])" + renamed.old + "(?![\\w-])", renamed.present);
        if ((own || before.equals(renamed.option)) && !replaced.equals(now)) {
          err.println("note: " + renamed.old + " is called " + renamed.present + " now");
          now = replaced;
        }
      }
      present.add(now);
      before = word;
    }
    return present.toArray(new String[0]);
  }
}
