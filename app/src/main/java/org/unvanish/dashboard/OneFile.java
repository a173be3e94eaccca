package org.unvanish.dashboard;

import static java.util.stream.Collectors.joining;

import java.util.List;

/**
 * Makes a page of one file, which works from a disk: its one style sheet and its one script are put
 * into the template. The page's policy names both by their hashes and forbids every request.
 */
final class OneFile {

  private OneFile() {}

  /**
   * The page.
   *
   * @param template names the places: STYLE, SCRIPT and the two hashes
   * @param styles files, one after another
   * @param scripts files, one after another
   * @param start what the script does in the end
   */
  static String page(String template, List<String> styles, List<String> scripts, String start) {
    String page =
        PageAssets.text(template)
            .replace("/*STYLE*/", joined(styles))
            .replace("/*SCRIPT*/", joined(scripts) + start);
    return page.replace("STYLE-HASH", hash(page, "<style>", "</style>"))
        .replace("SCRIPT-HASH", hash(page, "<script>", "</script>"));
  }

  private static String joined(List<String> files) {
    return files.stream().map(PageAssets::text).collect(joining());
  }

  private static String hash(String page, String start, String end) {
    int from = page.indexOf(start) + start.length();
    return PageAssets.hash(page.substring(from, page.indexOf(end, from)));
  }
}
