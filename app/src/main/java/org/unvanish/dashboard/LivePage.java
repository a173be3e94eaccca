package org.unvanish.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The report's template with the script that fetches the models, and all files that it names. They
 * are read once; what is served is one of them, or nothing.
 */
final class LivePage {

  /**
   * A file as it is served.
   *
   * @param type of its content
   * @param bytes all of it
   */
  // Made once and written once.
  @SuppressWarnings("ArrayRecordComponent")
  record File(String type, byte[] bytes) {
    static File text(String type, String text) {
      return new File(type + "; charset=utf-8", text.getBytes(UTF_8));
    }
  }

  private static final String PAGE_SCRIPT = "<script src=\"page.js\"></script>";
  private static final String PAGE_STYLE = "<link rel=\"stylesheet\" href=\"page.css\">";
  private static final Pattern STYLE = Pattern.compile("<link rel=\"stylesheet\" href=\"(.+?)\">");
  private static final Pattern SCRIPT = Pattern.compile("<script src=\"(.+?)\"></script>");

  private LivePage() {}

  /** By the path of the request. */
  static Map<String, File> files() {
    String template = PageAssets.text("page.html");
    if (!template.contains(PAGE_SCRIPT) || !template.contains(PAGE_STYLE)) {
      throw new IllegalStateException("the page's template lacks its own script or style");
    }
    String html =
        template
            .replace(PAGE_SCRIPT, "<script src=\"live.js\"></script>\n" + PAGE_SCRIPT)
            .replace(PAGE_STYLE, PAGE_STYLE + "\n<link rel=\"stylesheet\" href=\"live.css\">");
    Map<String, File> files = new LinkedHashMap<>();
    files.put("/", File.text("text/html", html));
    add(files, html, STYLE, "text/css");
    add(files, html, SCRIPT, "text/javascript");
    return files;
  }

  private static void add(Map<String, File> files, String html, Pattern tag, String type) {
    Matcher found = tag.matcher(html);
    while (found.find()) {
      files.put("/" + found.group(1), File.text(type, PageAssets.text(found.group(1))));
    }
  }
}
