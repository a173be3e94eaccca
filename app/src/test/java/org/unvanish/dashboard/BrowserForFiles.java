package org.unvanish.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One browser for all tests of a class that opens pages from files.
 *
 * <p>Whatever a test does: its pages complain of nothing, and ask for nothing: what is asked for
 * are pages of their folder, by the test.
 */
final class BrowserForFiles implements BeforeEachCallback, AfterEachCallback, AfterAllCallback {

  private final int width;
  private final int height;
  private @Nullable Browser browser;

  /** Of a window with this inside before each test, in CSS pixels. */
  BrowserForFiles(int width, int height) {
    this.width = width;
    this.height = height;
  }

  Browser get() {
    if (browser == null) {
      throw new IllegalStateException("no test runs");
    }
    return browser;
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    // Not before all tests: where there is no browser, each one is to be counted as skipped.
    if (browser == null) {
      browser = Browser.open();
    }
    browser.resize(width, height);
    browser.prefer("prefers-color-scheme", "light");
    // What the browser's own first page asked for is no test's.
    browser.complaints();
    browser.requests();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (browser == null) {
      return;
    }
    String pages = browser.address().replaceAll("[^/]*(#.*)?$", "");
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.requests())
        .allMatch(address -> address.startsWith(pages) || address.matches("data:.*|about:blank"));
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (browser != null) {
      browser.close();
    }
  }
}
