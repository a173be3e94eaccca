package org.unvanish.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the other tests would notice. */
class BrowserTest {

  @TempDir Path folder;

  @Test
  void errorsAndRequestsOfAPageAreSeen() throws IOException {
    Path page = folder.resolve("a page.html");
    Files.writeString(
        page,
        "<!doctype html><title>t</title><img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>"
            + "<script>fetch('http://127.0.0.1:9/secret').catch(() => {});"
            + "setTimeout(() => { throw new Error('broken on purpose') })</script>");
    try (Browser browser = Browser.open()) {
      browser.visit(page, "#x");
      assertThat(browser.address()).endsWith("a%20page.html#x");
      browser.run("return new Promise(done => setTimeout(done, 100))");
      assertThat(browser.complaints()).anyMatch(line -> line.contains("broken on purpose"));
      assertThat(browser.requests()).contains("http://127.0.0.1:9/secret");
      assertThat(browser.complaints()).isEmpty();
    }
  }
}
