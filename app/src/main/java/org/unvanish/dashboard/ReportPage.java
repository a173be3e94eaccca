package org.unvanish.dashboard;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.unvanish.page.PageJson;
import org.unvanish.page.PageModel;

/**
 * The page as one file: style, scripts and model are inside, and its policy forbids every request
 * and every script but these.
 */
public final class ReportPage {

  private static final Pattern STYLE = Pattern.compile("<link rel=\"stylesheet\" href=\"(.+?)\">");
  private static final Pattern SCRIPT = Pattern.compile("<script src=\"(.+?)\"></script>");
  private static final Pattern MODEL = Pattern.compile("(<script id=\"model\".*?>)(</script>)");
  private static final String AFTER = "<meta charset=\"utf-8\">";

  private final List<String> styles = new ArrayList<>();
  private final List<String> scripts = new ArrayList<>();

  private ReportPage() {}

  /** The page of a model, as HTML to be written in UTF-8. */
  public static String html(PageModel model) {
    return new ReportPage().assemble(model);
  }

  private String assemble(PageModel model) {
    String html = PageAssets.text("page.html");
    html = replace(html, STYLE, link -> inline("style", link.group(1), styles));
    html = replace(html, SCRIPT, script -> inline("script", script.group(1), scripts));
    html = html.replace(AFTER, AFTER + "\n" + policy());
    return replace(html, MODEL, tag -> tag.group(1) + PageJson.embedded(model) + tag.group(2));
  }

  private static String replace(String html, Pattern tag, Function<MatchResult, String> by) {
    return tag.matcher(html).replaceAll(found -> Matcher.quoteReplacement(by.apply(found)));
  }

  private static String inline(String element, String file, List<String> hashes) {
    String content = "\n" + PageAssets.text(file);
    if (content.contains("</" + element) || content.contains("<!--")) {
      throw new IllegalStateException(file + " would end the element that it is put into");
    }
    hashes.add("'" + PageAssets.hash(content) + "'");
    return "<" + element + ">" + content + "</" + element + ">";
  }

  private String policy() {
    return ("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src"
            + " data:; style-src %s; script-src %s; base-uri 'none'; form-action 'none'\">")
        .formatted(String.join(" ", styles), String.join(" ", scripts));
  }
}
