package org.unvanish.dashboard;

/**
 * The theory's playground: sliders for the chain network of Ven &amp; Lederer (2021), section 2,
 * and the gradient that reaches each of its layers, drawn live by a script.
 *
 * <p>It is a page of its own here. Another page that mounts it names its script and style sheet and
 * calls {@code Unvanish.playground(element)}.
 */
public final class Playground {

  private Playground() {}

  /** A page of its own, which works from a disk and fetches nothing. */
  public static String page() {
    String page =
        PageAssets.text("playground.html")
            .replace("/*STYLE*/", PageAssets.text("playground.css"))
            .replace(
                "/*SCRIPT*/",
                PageAssets.text("playground.js")
                    + "Unvanish.playground(document.getElementById(\"playground\"));\n");
    return page.replace("STYLE-HASH", hash(page, "<style>", "</style>"))
        .replace("SCRIPT-HASH", hash(page, "<script>", "</script>"));
  }

  private static String hash(String page, String start, String end) {
    int from = page.indexOf(start) + start.length();
    return PageAssets.hash(page.substring(from, page.indexOf(end, from)));
  }
}
