package org.unvanish.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Properties;

/** Looks for what keeps people from using a page, with axe-core. */
final class Axe {

  private static final String JARS = "/META-INF/maven/org.webjars.npm/axe-core/pom.properties";

  private Axe() {}

  /** The serious and critical faults of the page that a browser shows, with their places. */
  static List<?> faults(Browser browser) throws IOException {
    return faults(browser, "{}");
  }

  /** Those of its colours alone: of a page without others that is shown in another scheme. */
  static List<?> contrastFaults(Browser browser) throws IOException {
    return faults(browser, "{runOnly: ['color-contrast']}");
  }

  /** The faults of one part of a page whose other parts are looked at elsewhere. */
  static List<?> faultsIn(Browser browser, String part) throws IOException {
    return faults(browser, "document.querySelector('" + part + "')", "{}");
  }

  private static List<?> faults(Browser browser, String options) throws IOException {
    return faults(browser, "document", options);
  }

  private static List<?> faults(Browser browser, String part, String options) throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Axe.class.getResourceAsStream(JARS)) {
      properties.load(in);
    }
    String version = properties.getProperty("version");
    try (InputStream in =
        Axe.class.getResourceAsStream(
            "/META-INF/resources/webjars/axe-core/" + version + "/axe.min.js")) {
      browser.run(new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
    }
    List<?> faults =
        (List<?>)
            browser.run(
                // What is not wrong is not gathered: of a large page, that takes most of the time.
                "return axe.run("
                    + part
                    + ", {resultTypes: ['violations'], ..."
                    + options
                    + "}).then(found => found.violations"
                    + ".filter(v => v.impact === 'serious' || v.impact === 'critical')"
                    + ".map(v => v.id + ': ' + v.nodes.map(n => n.html + ' ' + n.failureSummary)"
                    + ".join('; ').slice(0, 600)))");
    // It reads pixels, of which Chromium says that it is slow.
    browser.complaints();
    return faults;
  }
}
