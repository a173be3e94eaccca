package org.unvanish.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportPageTest {

  private static final String HOSTILE =
      "</script><script>alert(1)</script><!--<script> &lt; \u2028\u202e \"'` \ud800 ${7*7}";

  @TempDir Path folder;

  @Test
  void everythingIsInsideAndTheLicenceOfUplotWithIt() {
    PageFixture.simple().train(folder);
    String html = ReportPage.html(PageFixture.model(folder));
    assertThat(html)
        .contains("Copyright (c) 2022 Leon Sorokin", "uPlot=function()", "default-src 'none'")
        .doesNotContainPattern("<script[^>]* src=|<link[^>]* href=\"(?!data:)|@import|url\\(")
        .doesNotContain("unsafe-inline", "unsafe-eval");
  }

  @Test
  void hostileTextStaysInsideTheModel() throws IOException {
    PageFixture.simple().train(folder);
    String plain = ReportPage.html(PageFixture.model(folder));
    String html =
        ReportPage.html(
            PageFixture.renamed(
                PageFixture.model(folder), HOSTILE, List.of(HOSTILE, "x".repeat(10_000))));
    for (String mark : List.of("<script", "</script", "<!--")) {
      assertThat(count(html, mark)).as(mark).isEqualTo(count(plain, mark));
    }
    Matcher model =
        Pattern.compile("<script id=\"model\"[^>]*>(.*?)</script>", Pattern.DOTALL).matcher(html);
    assertThat(model.find()).isTrue();
    assertThat(model.group(1)).matches("[\\x20-\\x7e]*").doesNotContain("<", ">", "&");
    assertThat(new ObjectMapper().readTree(model.group(1)).at("/experiments/0/title").asText())
        .isEqualTo(HOSTILE);
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }
}
