package org.unvanish.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The phase diagram of the playground's page, in a browser. */
class PhasePlaygroundTest {

  private static final String WITHOUT_BIASES = "#phase/tanh/0.8/0/2/1/30";
  private static final String WITH_BIASES = "#phase/tanh/1.2/0.3/2/1/100";

  @RegisterExtension static final BrowserForFiles BROWSER = new BrowserForFiles(1100, 1000);

  @TempDir static Path folder;
  private static Path page;

  private static Browser browser() {
    return BROWSER.get();
  }

  @BeforeAll
  static void write() throws IOException {
    page = folder.resolve("playground.html");
    Files.writeString(page, Playground.page());
  }

  @Test
  void withoutBiasesTheScaleMovesNothingAndThePageSaysSo() {
    browser().visit(page, WITHOUT_BIASES);
    String place = dot();
    assertThat(sentence())
        .startsWith("Ordered: ")
        .contains(
            "stays on the axis, whatever α is", "at most 1.9‑fold", "naive factor of 1.25 makes");
    type("alpha", "50");
    assertThat(dot()).isEqualTo(place);
    assertThat(browser().findAll(".ph-before")).isEmpty();
    assertThat(sentence()).contains("stays on the axis, whatever α is");
  }

  @Test
  void withBiasesTheScaleMovesTheDotDownToTheCriticalLineAndBeyond() {
    browser().visit(page, WITH_BIASES);
    double place = y();
    assertThat(sentence())
        .startsWith("Ordered: the gradient’s energy shrinks e‑fold every ξ = ")
        .contains("from 0.3 to 0.15", "α = 2.85 is critical");
    assertThat(browser().findAll(".ph-before")).hasSize(1);
    type("alpha", "10");
    assertThat(y()).isGreaterThan(place);
    assertThat(sentence()).startsWith("Chaotic: ");
    type("alpha", "2.85037");
    assertThat(sentence()).startsWith("Critical: ");
  }

  @Test
  void theNaiveFactorMovesTheDotToTheRightWithAndWithoutBiases() {
    for (String fragment : new String[] {WITHOUT_BIASES, WITH_BIASES}) {
      browser().visit(page, fragment);
      double before = x();
      double height = y();
      type("naive", "1.6");
      assertThat(x()).isGreaterThan(before + 50);
      assertThat(y()).isEqualTo(height);
      assertThat(sentence()).startsWith("Chaotic: ").contains("moves the dot to the right");
    }
  }

  @Test
  void theStripHasABarForEachLayerAndTheTotalsOfBothScales() {
    browser().visit(page, WITHOUT_BIASES);
    assertThat(browser().findAll(".ph-bar")).hasSize(29);
    assertThat(browser().findAll(".ph-mark.ph-plain")).hasSize(29);
    assertThat(text(".ph-legend"))
        .contains("α = 2: log₁₀ −2.94 in all", "α = 1: log₁₀ −3.09 in all");
    assertThat(sentence()).contains("shrinks 1.2·10³‑fold with α = 1, and it shrinks 8.7·10²‑fold");
    assertThat(browser().findAll(".ph-values tr")).hasSize(30);
    type("alpha", "1");
    assertThat(browser().findAll(".ph-mark")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "#phase/relu/1.2/0/3/1/9, 'Ordered: ', α changes nothing at all",
    "#phase/relu/1.2/0.5/3/1/9, 'Ordered: ', no α changes the depth scale",
    "#phase/relu/1.5/0.5/3/1/9, 'Unbounded: the pre-activations grow without end', to the right",
    "#phase/log-sigmoid/1.2/0/0.5/1/9, 'Ordered: ', No bound on what α can gain is known",
    "#phase/log-sigmoid/1.2/0.1/0.5/1/9, 'Ordered: ', No α makes it critical",
    "#phase/tanh/0.9/0.3/2/1/9, 'Ordered: ', which is not above 1",
    "#phase/logistic/6/0.5/2/1/9, 'Ordered: ', acts as a bias that α cannot touch",
    "#phase/logistic/10.3/1.5/2/1/9, 'Chaotic: ', α = 1.31 is critical",
    "#phase/tanh/1/0/2/1/9, 'Critical: ', At any depth it can gain",
    "#phase/softsign/30/4/0.1/30/300, 'Chaotic: ', up",
    "#phase/erf/0.1/0/100/0.1/300, 'Ordered: ', which is all that the slopes",
  })
  void everyFunctionHasADiagramAndASentence(String fragment, String start, String part) {
    browser().visit(page, fragment);
    assertThat(sentence()).startsWith(start.strip());
    if (!part.equals("to the right")) {
      assertThat(sentence()).contains(part);
    }
    assertThat(text("#phase")).doesNotContain("NaN", "Infinity", "undefined");
    assertThat(browser().find("#phase").getDomProperty("innerHTML"))
        .doesNotContain("NaN", "Infinity");
    assertThat(browser().findAll(".ph-line.ph-critical")).hasSize(1);
    assertThat(browser().findAll(".ph-line")).hasSize(9);
  }

  @Test
  void anAddressRestoresTheStateAndAnythingElseIsAnswered() {
    browser().visit(page, WITH_BIASES);
    assertThat(browser().find("#unvanish-phase-1-sigmaW-field").getDomProperty("value"))
        .isEqualTo("1.2");
    assertThat(text(".up-notice")).as("the other part leaves it alone").isEmpty();
    type("depth", "7");
    assertThat(browser().address()).endsWith("#phase/tanh/1.2/0.3/2/1/7");
    for (String bad :
        new String[] {
          "#phase/",
          "#phase/tanh/1/0/2/1",
          "#phase/gelu/1/0/2/1/9",
          "#phase/tanh/1/-1/2/1/9",
          "#phase/tanh/1/0/2/1/9.5",
          "#phase/<b>/1/0/2/1/9",
          "#phase/tanh/1/0/2/1/9/9"
        }) {
      browser().visit(page, bad);
      assertThat(text(".ph-layout .up-notice"))
          .as(bad)
          .startsWith("This link has no valid settings");
      assertThat(browser().findAll(".ph-dot")).hasSize(1);
    }
  }

  @Test
  void slidersAnswerToTheKeyboardAndAllIsTold() {
    browser().visit(page, WITH_BIASES);
    String before = sentence();
    browser().find("#unvanish-phase-1-alpha").sendKeys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
    settle();
    assertThat(sentence()).isNotEqualTo(before);
    assertThat(browser().find(".ph-sentence").getDomAttribute("aria-live")).isEqualTo("polite");
    assertThat(browser().find(".ph-plane").getDomAttribute("aria-label"))
        .contains("σ_w = 1.2", "Ordered: ");
    for (WebElement control : browser().findAll("#phase input, #phase select, #phase button")) {
      assertThat(control.getAccessibleName()).isNotBlank();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void axeFindsNoSeriousFault(String scheme) throws IOException {
    browser().prefer("prefers-color-scheme", scheme);
    browser().visit(page, WITH_BIASES);
    browser().run("document.querySelectorAll('details').forEach(d => { d.open = true })");
    assertThat(Axe.faults(browser())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {320, 390, 1400})
  void nothingIsWiderThanTheScreen(int width) {
    browser().resize(width, 800);
    browser().visit(page, "#phase/logistic/10.3/1.5/2/1/300");
    assertThat((Long) browser().run("return document.documentElement.scrollWidth"))
        .isLessThanOrEqualTo(width);
  }

  private static String dot() {
    return x() + " " + y();
  }

  private static double x() {
    return Double.parseDouble(browser().find(".ph-dot").getDomAttribute("cx"));
  }

  private static double y() {
    return Double.parseDouble(browser().find(".ph-dot").getDomAttribute("cy"));
  }

  private static String sentence() {
    return text(".ph-sentence");
  }

  private static String text(String selector) {
    return String.valueOf(browser().find(selector).getDomProperty("textContent"));
  }

  private static void type(String key, String number) {
    browser()
        .run(
            "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('input'))",
            browser().find("#unvanish-phase-1-" + key + "-field"),
            number);
    settle();
  }

  /** Longer than the page waits before it changes its address. */
  private static void settle() {
    browser().run("return new Promise(done => setTimeout(done, 250))");
  }
}
