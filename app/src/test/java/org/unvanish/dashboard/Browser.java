package org.unvanish.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A headless Chromium, the one that is installed, with a profile of its own.
 *
 * <p>It remembers what pages complained of and asked the network for. A test that opens one is
 * skipped where Chromium or its driver is missing.
 */
public final class Browser implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Costs nothing where all goes well; a machine may be very busy. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final String LOADED =
      "return location.href !== 'about:blank' && document.readyState === 'complete'";

  /** Kept, since a logger that nobody holds forgets its level. */
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  static {
    // It warns that it knows no typed form of this Chromium's protocol. None is used.
    SELENIUM.setLevel(Level.SEVERE);
  }

  private final ChromeDriver driver;
  private final Path profile;

  private Browser(ChromeDriver driver, Path profile) {
    this.driver = driver;
    this.profile = profile;
  }

  /** Starts a browser, or skips the test that asks for one. */
  public static Browser open() {
    Path chromium = installed("chromium", "chromium-browser", "google-chrome");
    Path chromeDriver = installed("chromedriver");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    try {
      Path profile = Files.createTempDirectory("unvanish-browser");
      ChromeOptions options = new ChromeOptions();
      options.setBinary(chromium.toFile());
      options.setCapability("goog:loggingPrefs", logs);
      options.addArguments(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-dev-shm-usage",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--force-color-profile=srgb",
          "--user-data-dir=" + profile);
      ChromeDriverService service =
          new ChromeDriverService.Builder()
              .usingDriverExecutable(chromeDriver.toFile())
              .usingAnyFreePort()
              .withSilent(true)
              .build();
      ChromeDriver driver = new ChromeDriver(service, options);
      driver.manage().timeouts().scriptTimeout(PATIENCE);
      return new Browser(driver, profile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens a page, with the {@code #fragment} if there is one, and waits until it is loaded. */
  public void visit(Path page, String fragment) {
    visit(page.toUri() + fragment);
  }

  /** Opens a page of a server and waits until it is loaded. */
  public void visit(URI page) {
    visit(page.toString());
  }

  private void visit(String page) {
    // A page that differs in its fragment alone would not be loaded again.
    leave();
    driver.get(page);
    // On a busy machine the driver may return before the browser has left the blank page.
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!run(LOADED).equals(true)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("never loaded: " + page);
      }
    }
  }

  /** Leaves the page that is open for an empty one. */
  public void leave() {
    driver.get("about:blank");
  }

  /** Runs a script's body in the page and returns its result. */
  public Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** The first element that a CSS selector finds. */
  public WebElement find(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  /** All elements that a CSS selector finds. */
  public List<WebElement> findAll(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  /** The page's address. */
  public String address() {
    return driver.getCurrentUrl();
  }

  /** Makes the page's inside as large as a screen of this size, in CSS pixels. */
  public void resize(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    driver.manage().window().setSize(new Dimension(Math.max(500, width), height));
  }

  /** Sets what a reader's system prefers, such as {@code prefers-color-scheme} to {@code dark}. */
  public void prefer(String feature, String value) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", feature, "value", value))));
  }

  /** A picture of what is to be seen, as PNG. */
  public byte[] picture() {
    return driver.getScreenshotAs(OutputType.BYTES);
  }

  /** What pages complained of since this was last asked: errors, warnings and messages. */
  public List<String> complaints() {
    return logs(LogType.BROWSER).map(LogEntry::getMessage).toList();
  }

  /**
   * The addresses that were asked for since this was last asked, those of pages included. What the
   * browser's own first page loads from the browser is left out.
   */
  public List<String> requests() {
    List<String> addresses = new ArrayList<>();
    for (LogEntry entry : logs(LogType.PERFORMANCE).toList()) {
      try {
        JsonNode message = JSON.readTree(entry.getMessage()).get("message");
        if (message.get("method").asText().equals("Network.requestWillBeSent")) {
          addresses.add(message.get("params").get("request").get("url").asText());
          addresses.removeIf(address -> address.startsWith("chrome:"));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return addresses;
  }

  private Stream<LogEntry> logs(String type) {
    return driver.manage().logs().get(type).getAll().stream();
  }

  @Override
  public void close() {
    driver.quit();
    try (Stream<Path> files = Files.walk(profile)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException | UncheckedIOException e) {
      // The last process of the browser may still be removing files of its own.
    }
  }

  private static Path installed(String... names) {
    for (String name : names) {
      for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
        Path file = Path.of(folder, name);
        if (Files.isExecutable(file)) {
          return file;
        }
      }
    }
    return Assumptions.abort(
        "there is no %s on the PATH (Debian: apt-get install chromium chromium-driver)"
            .formatted(names[0]));
  }
}
