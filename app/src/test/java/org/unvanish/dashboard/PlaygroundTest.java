package org.unvanish.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The playground's page in a browser. */
class PlaygroundTest {

  private static final String LARGE = "#l=3&theta=6&x=1&y=3&alpha=10&r=5&f=tanh";

  @RegisterExtension static final BrowserForFiles BROWSER = new BrowserForFiles(1100, 1000);

  @TempDir static Path folder;
  private static Path page;

  private static Browser browser() {
    return BROWSER.get();
  }

  @BeforeAll
  static void write() throws IOException {
    page = folder.resolve("a page & more.html");
    Files.writeString(page, Playground.page());
  }

  @Test
  void theFirstViewShowsFourLinesAndAllBounds() {
    browser().visit(page, "");
    assertThat(paths())
        .containsOnlyKeys("plain", "penalty", "scale", "both", "claim1", "claim2", "theorem2");
    assertThat(text(".up-sentence")).startsWith("Many layers: no neuron is saturated");
    assertThat(valueOf("without remedies")).isEqualTo("2.47e−6");
    // |d|/2^12 and |d|·log(1/t) with d = −1.717… and log(1/t) = 0.75.
    assertThat(valueOf("theorem 2")).isEqualTo("4.19e−4");
    assertThat(valueOf("theorem 1, claim 2")).isEqualTo("1.29");
    assertThat(browser().findAll(".up-regime.up-many")).hasSize(1);
    assertThat(browser().findAll(".up-values tr")).hasSize(13);
  }

  @Test
  void aFragmentRestoresTheState() {
    browser().visit(page, LARGE);
    assertThat(text(".up-sentence")).startsWith("Large parameters: |θ| = 6 saturates neurons");
    assertThat(browser().findAll(".up-regime.up-large")).hasSize(1);
    assertThat(field("theta").getDomProperty("value")).isEqualTo("6");
    assertThat(slider("alpha").getDomProperty("value")).isEqualTo("1");
    assertThat(text(".up-notice")).isEmpty();
    assertThat(paths()).doesNotContainKey("theorem2");
    assertThat(text(".up-legend")).contains("covers only |x| = |θ| = 1.5");
  }

  @ParameterizedTest
  @CsvSource({
    "#l=12, many, 'Many layers: no neuron is saturated, but each shrinks the gradient a little. Neurons 8 to 12'",
    "#l=1&theta=8&x=1, large, Large parameters: |θ| = 8 saturates neurons",
    "#l=1&theta=1&x=0.001, weak, Weak signal: the gradient reaches each layer",
    "#l=6&theta=1&f=identity, , The gradient does not vanish",
    "#l=4&x=0&y=1, weak, Some gradients are exactly 0",
  })
  void theSentenceAndTheStripSayWhy(String fragment, String regime, String start) {
    browser().visit(page, fragment);
    assertThat(text(".up-sentence")).startsWith(start);
    assertThat(browser().findAll(".up-regime")).hasSize(regime == null ? 0 : 1);
    assertThat(browser().findAll(".up-regime.up-" + regime)).hasSize(regime == null ? 0 : 1);
  }

  @Test
  void anotherFragmentIsFollowed() {
    browser().visit(page, "#l=5");
    browser().run("window.location.hash = 'l=7&f=arctan'");
    settle();
    assertThat(field("l").getDomProperty("value")).isEqualTo("7");
    assertThat(text(".up-legend")).contains("the paper proves it for tanh only");
  }

  @Test
  void sigmoidIsTheLogisticFunctionInALinkToo() {
    browser().visit(page, "#f=logistic");
    String logistic = text(".up-legend");
    browser().visit(page, "#f=sigmoid");
    assertThat(text(".up-legend")).isEqualTo(logistic);
    assertThat(text(".up-notice")).isEmpty();
    browser().visit(page, "#f=tanh");
    assertThat(text(".up-legend")).isNotEqualTo(logistic);
  }

  @ParameterizedTest
  @CsvSource({"l", "theta", "x", "y", "alpha", "r"})
  void movingASliderChangesTheDrawingTheNumberAndTheFragment(String key) {
    browser().visit(page, "");
    Object before = paths();
    String number = field(key).getDomProperty("value");
    slider(key).sendKeys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
    settle();
    assertThat(paths()).isNotEqualTo(before);
    String after = field(key).getDomProperty("value");
    assertThat(Double.parseDouble(after)).isGreaterThan(Double.parseDouble(number));
    assertThat(browser().address()).contains(key + "=" + after);
    assertThat(browser().find(".up-link").getDomProperty("href")).isEqualTo(browser().address());
  }

  @Test
  void typingANumberMovesTheSlider() {
    browser().visit(page, LARGE);
    type("alpha", "1000");
    assertThat(slider("alpha").getDomProperty("value")).isEqualTo("3");
    assertThat(browser().address()).contains("alpha=1000");
    assertThat(text(".up-legend")).contains("with the scale α = 1000");
  }

  @ParameterizedTest
  @CsvSource({"l, 2.5", "l, 0", "l, 201", "theta, 21", "alpha, 0", "r, -1", "x, 1e99"})
  void aNumberOutOfRangeIsRefusedWithTheRange(String key, String number) {
    browser().visit(page, LARGE);
    Object before = paths();
    paste(key, number);
    assertThat(field(key).getDomAttribute("aria-invalid")).isEqualTo("true");
    assertThat(text("#" + field(key).getDomAttribute("aria-describedby"))).startsWith("from ");
    assertThat(paths()).isEqualTo(before);
    browser().run("arguments[0].dispatchEvent(new Event('change'))", field(key));
    assertThat(field(key).getDomAttribute("aria-invalid")).isEqualTo("false");
    assertThat(browser().address()).endsWith(LARGE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#l=<img src=x onerror=alert(1)>",
        "#f=<script>alert(1)</script>",
        "#f=__proto__",
        "#f=constructor",
        "#__proto__=1&constructor=2&toString=3",
        "#l=1e99&theta=NaN&x=Infinity&y=-Infinity&alpha=0&r=-1",
        "#l=0x10&theta=1,5&x=&y==&alpha=%00&r=1e-999",
        "#l=%3Csvg/onload=alert(1)%3E&&&&====",
        "#l=2.5&l=-3&l=99999999999999999999",
        "#l=%E0%A4%A",
      })
  void hostileFragmentsShowTheFirstView(String fragment) {
    browser().visit(page, "");
    Object expected = paths();
    browser().visit(page, fragment);
    assertThat(paths()).isEqualTo(expected);
    assertThat(text(".up-notice")).startsWith("Parts of this link are not valid");
    assertThat(browser().findAll("main img, main script")).isEmpty();
  }

  @Test
  void aLongFragmentIsNotRead() {
    browser().visit(page, "#l=7&x=" + "1".repeat(100_000));
    assertThat(field("l").getDomProperty("value")).isEqualTo("12");
  }

  @Test
  void aFragmentOfAnotherPartOfAPageIsLeftAlone() {
    browser().visit(page, "#figure-2");
    assertThat(text(".up-notice")).isEmpty();
    assertThat(browser().address()).endsWith("#figure-2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#l=200&theta=20&x=5&y=5&alpha=1000000&r=30&f=identity",
        "#l=200&theta=-20&x=-5&y=-5&alpha=0.1&r=30&f=log-sigmoid",
        "#l=200&theta=-20&x=5&y=5&alpha=0.1&r=0&f=logistic",
        "#l=200&theta=20&x=5&y=0&alpha=0.1&r=0&f=tanh",
        "#l=1&theta=0&x=0&y=0&alpha=1&r=0&f=relu",
        "#l=2&theta=-1&x=1&y=0&alpha=2&r=1&f=relu",
        "#l=1&theta=1&x=1&y=1&alpha=1&r=0&f=identity",
      })
  void extremesAreDrawnToo(String fragment) {
    browser().visit(page, fragment);
    assertThat(text(".up-sentence")).isNotEmpty().doesNotContain("NaN", "Infinity", "undefined");
    assertThat(text(".up-legend")).doesNotContain("NaN", "Infinity", "undefined");
    assertThat(browser().findAll(".up-tick")).hasSizeGreaterThan(1);
    assertThat(paths().toString()).doesNotContain("NaN", "Infinity");
  }

  @Test
  void theChartTellsTheLayerUnderTheKeyboardAndTheCursor() {
    browser().visit(page, LARGE);
    WebElement chart = browser().find(".up-chart");
    chart.sendKeys(Keys.ARROW_RIGHT);
    assertThat(text(".up-legend")).contains("at k = 2");
    chart.sendKeys(Keys.END, Keys.ARROW_RIGHT);
    assertThat(chart.getDomAttribute("aria-valuenow")).isEqualTo("3");
    assertThat(chart.getDomAttribute("aria-valuetext"))
        .startsWith("layer 3. without remedies (α = 1, r = 0): " + valueOf("without remedies"));
    browser()
        .run(
            "const chart = arguments[0], box = chart.getBoundingClientRect();"
                + "chart.dispatchEvent(new PointerEvent('pointermove', {clientX: box.left + 70}));",
            chart);
    assertThat(text(".up-legend")).contains("at k = 1");
  }

  @Test
  void everyControlHasALabelAndTheSentenceIsLive() {
    browser().visit(page, "");
    List<WebElement> controls = browser().findAll("main input, main select, main button");
    assertThat(controls).hasSizeGreaterThan(13);
    assertThat(controls).allSatisfy(c -> assertThat(c.getAccessibleName()).isNotBlank());
    assertThat(browser().find(".up-sentence").getDomAttribute("aria-live")).isEqualTo("polite");
  }

  @ParameterizedTest
  @ValueSource(ints = {320, 390, 1400})
  void nothingIsWiderThanTheScreen(int width) {
    browser().resize(width, 800);
    browser().visit(page, LARGE);
    assertThat((Long) browser().run("return document.documentElement.scrollWidth"))
        .isLessThanOrEqualTo(width);
    assertThat((Long) browser().run("return document.querySelector('.up-chart').clientWidth"))
        .isGreaterThan(width > 1024 ? 600 : width - 60);
  }

  @Test
  void onAPhoneTheChartStaysInSightWhileSlidersMove() {
    browser().resize(390, 800);
    browser().visit(page, LARGE);
    browser().run("arguments[0].scrollIntoView({block: 'end'})", slider("r"));
    assertThat((Long) browser().run("return window.scrollY")).isGreaterThan(400);
    assertThat(
            browser()
                .run(
                    "const box = document.querySelector('.up-chart').getBoundingClientRect();"
                        + "return box.top >= 0 && box.bottom <= 400"))
        .isEqualTo(true);
  }

  @Test
  void theTableHasTheChartsValues() {
    browser().visit(page, LARGE);
    assertThat(browser().find(".up-values tr:nth-child(2)").getDomProperty("textContent"))
        .startsWith("1" + valueOf("without remedies") + valueOf("with the penalty"));
  }

  /** What each line of the chart looks like. */
  @SuppressWarnings("unchecked")
  private static Map<String, String> paths() {
    return (Map<String, String>)
        browser()
            .run(
                "return Object.fromEntries([...document.querySelectorAll('.up-chart .up-line')]"
                    + ".map(e => [e.getAttribute('class').split(' up-')[1], e.getAttribute('d')]))");
  }

  private static String valueOf(String line) {
    return (String)
        browser()
            .run(
                "return [...document.querySelectorAll('.up-legend tr')]"
                    + ".find(e => e.textContent.startsWith(arguments[0])).lastChild.textContent",
                line);
  }

  private static String text(String selector) {
    return String.valueOf(browser().find(selector).getDomProperty("textContent"));
  }

  private static WebElement slider(String key) {
    return browser().find("#unvanish-playground-1-" + key);
  }

  private static WebElement field(String key) {
    return browser().find("#unvanish-playground-1-" + key + "-field");
  }

  private static void type(String key, String number) {
    field(key).sendKeys(Keys.chord(Keys.CONTROL, "a"), number);
    settle();
  }

  /** All at once: what is typed digit by digit has numbers on its way that are allowed. */
  private static void paste(String key, String number) {
    browser()
        .run(
            "arguments[0].focus(); arguments[0].value = arguments[1];"
                + "arguments[0].dispatchEvent(new Event('input'))",
            field(key),
            number);
    settle();
  }

  /** Longer than the page waits before it changes its address. */
  private static void settle() {
    browser().run("return new Promise(done => setTimeout(done, 400))");
  }
}
