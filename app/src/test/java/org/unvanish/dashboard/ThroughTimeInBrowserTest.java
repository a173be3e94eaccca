package org.unvanish.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The gradient through time, as readers of a report have it. */
class ThroughTimeInBrowserTest {

  private static final String PLAIN = ".through:first-child ";
  private static final String GATED = ".through:nth-child(2) ";

  @RegisterExtension static final BrowserForFiles BROWSER = new BrowserForFiles(1200, 900);

  @TempDir static Path folder;
  private static Path page;

  private static Browser browser() {
    return BROWSER.get();
  }

  @BeforeAll
  static void write() throws IOException {
    PageFixture.simple().train(folder);
    PageFixture.simple().probeThroughTime(folder);
    page =
        Files.writeString(
            folder.resolve("report.html"), ReportPage.html(PageFixture.model(folder)));
  }

  @BeforeEach
  void visit() {
    browser().visit(page, "");
  }

  @Test
  void eachLayersCurveAndTheMapOfAllAreDrawn() {
    assertThat(browser().find(".in-time h3").getText())
        .isEqualTo("The backpropagated gradient through time");
    assertThat(browser().findAll(".through")).hasSize(2);
    choose(PLAIN, "at the initial weights");
    choose(PLAIN, "recurrent2");
    // What is carried at each of three snapshots; f′, recurrent weights and the typical sample.
    assertThat(browser().findAll(PLAIN + "polyline.carried")).hasSize(3);
    assertThat(browser().findAll(PLAIN + "polyline.part")).hasSize(3);
    assertThat(browser().findAll(GATED + "polyline.part")).hasSize(4);
    // 20, 17 and 20 steps of three layers, and few of many.
    assertThat(browser().findAll(PLAIN + "rect[shape-rendering]")).hasSize(57);
    assertThat(browser().findAll(GATED + "rect[shape-rendering]")).hasSize(6);
    assertThat(browser().findAll(PLAIN + "rect.nothing")).hasSize(1);
    // The last layer is on top.
    assertThat(browser().findAll(PLAIN + "text.row").stream().map(row -> row.getText()).toList())
        .containsExactly("recurrent2", "recurrent1", "recurrent1, reverse");
    // Each step leaves 10 to the power of −3/16: f′ takes 4/16, the weights give 1/16 back.
    double[] parts = last(PLAIN + "polyline.activation", PLAIN + "polyline.recurrent");
    double carried = last(PLAIN + ".chosen polyline.carried")[0];
    double zero = at(PLAIN + "line.zero");
    assertThat((parts[0] - zero) / (carried - zero)).isCloseTo(4 / 3.0, within(0.01));
    assertThat((parts[1] - zero) / (carried - zero)).isCloseTo(-1 / 3.0, within(0.01));
  }

  @Test
  void whatEndsInFrontOfTheFarEndHasAnArrowOrACross() {
    choose(PLAIN, "recurrent1");
    choose(PLAIN, "at the initial weights");
    assertThat(browser().findAll(PLAIN + ".chosen .lost")).hasSize(1);
    assertThat(says(PLAIN))
        .isEqualTo(
            "At the initial weights, recurrent1: nothing is left of the gradient 16 steps back; at this"
                + " rate it shrinks 10⁴-fold over all 19 steps. Log₁₀ of its parts 15 steps back: f′ −3.8,"
                + " recurrent weights +0.9, the typical sample −3.0; on average in one step: −0.19.");
    choose(PLAIN, "recurrent1, reverse");
    choose(PLAIN, "after epoch 2");
    assertThat(browser().findAll(PLAIN + ".chosen .lost")).hasSize(1);
    assertThat(says(PLAIN))
        .startsWith(
            "After epoch 2, recurrent1, reverse: 12 steps back the gradient grows 10³-fold, and soon overflows single precision; at this rate it grows 10⁵-fold over all 19 steps.");
    choose(PLAIN, "recurrent1");
    choose(PLAIN, "after epoch 3");
    assertThat(browser().findAll(PLAIN + ".chosen .lost")).isEmpty();
    assertThat(browser().findAll(PLAIN + ".chosen path")).hasSize(1);
    assertThat(says(PLAIN))
        .contains("16 steps back the gradient has no finite size, as the loss is not finite.");
    assertThat(browser().find(".in-time").getText())
        .contains("ends in an arrow down", "ends in an arrow up", "ends in a cross");
  }

  @Test
  void aStepIsReadAndALayerChosenByKeys() {
    choose(PLAIN, "at the initial weights");
    choose(PLAIN, "recurrent2");
    browser().find(PLAIN + ".way").sendKeys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
    assertThat(says(PLAIN))
        .isEqualTo(
            "At the initial weights, recurrent2, 2 steps back, log₁₀: carried −0.4; f′ −0.5, recurrent weights"
                + " +0.1, the typical sample −0.4. Gradient with respect to the states: 4.2·10⁻².");
    assertThat(browser().findAll(PLAIN + "line.at")).hasSize(2);
    browser().find(PLAIN + ".way").sendKeys(Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ARROW_LEFT);
    assertThat(says(PLAIN))
        .startsWith(
            "At the initial weights, recurrent1, reverse, 19 steps back, log₁₀: carried −3.6;");
    assertThat(browser().find(PLAIN + ".layers button[aria-pressed=true]").getText())
        .isEqualTo("recurrent1, reverse");
    // The keys stay where they are while the picture is drawn anew.
    browser().find(GATED + ".way").sendKeys(Keys.ARROW_LEFT);
    assertThat(says(GATED)).contains("lstm1, 19 steps back", "the gates alone");
  }

  @Test
  void aRowOfTheMapChoosesItsLayer() {
    List<WebElement> cells = browser().findAll(PLAIN + "rect[shape-rendering]");
    cells.get(cells.size() - 1).click();
    assertThat(browser().find(PLAIN + ".layers button[aria-pressed=true]").getText())
        .isEqualTo("recurrent1, reverse");
    // A single layer has no choice.
    assertThat(browser().findAll(GATED + ".layers button")).isEmpty();
  }

  @Test
  void theSnapshotThatIsChosenIsTheSameLayerByLayer() {
    choose(PLAIN, "after epoch 2");
    assertThat(browser().find(".signal .snapshots button[aria-pressed=true]").getText())
        .isEqualTo("after epoch 2");
    browser().run("document.querySelector('.signal .snapshots button').click()");
    assertThat(says(PLAIN)).startsWith("At the initial weights");
  }

  @Test
  void theNumbersAreInATable() throws Exception {
    browser().find(".in-time summary").click();
    Client.await("the numbers", () -> !browser().findAll(".in-time table").isEmpty());
    assertThat(browser().findAll(".in-time tbody tr"))
        .hasSize((3 * 20 + 3 * 17 + 20 + 2 * 13) + 5 * 6);
    assertThat(browser().find(".in-time table").getText())
        .contains("recurrent1, reverse", "after epoch 3", "−∞", "?", "–");
  }

  @Test
  void anArmThatIsTurnedOffIsNotDrawn() {
    browser().findAll(".arm input").get(0).click();
    assertThat(browser().findAll(".through")).hasSize(1);
    assertThat(browser().find(".through").getText()).contains("with penalty, seed 1");
    browser().findAll(".arm input").get(1).click();
    assertThat(browser().findAll(".through")).isEmpty();
  }

  @Test
  void aPhoneNeedsNoScrollingSideways() {
    browser().resize(360, 740);
    browser().visit(page, "");
    assertThat(browser().findAll(".through .way > svg")).hasSize(2);
    assertThat(
            browser()
                .run(
                    "const page = document.documentElement; return page.scrollWidth - page.clientWidth"))
        .isEqualTo(0L);
  }

  @Test
  void axeFindsNoSeriousFault() throws IOException {
    for (String scheme : List.of("light", "dark")) {
      browser().prefer("prefers-color-scheme", scheme);
      browser().visit(page, "");
      browser().run("document.querySelectorAll('details').forEach(d => { d.open = true; })");
      browser().run("return new Promise(done => setTimeout(done, 100))");
      assertThat(Axe.faultsIn(browser(), ".throughs")).as(scheme).isEmpty();
    }
  }

  private static void choose(String figure, String button) {
    browser().findAll(figure + ".snapshots button").stream()
        .filter(one -> one.getText().equals(button))
        .findFirst()
        .orElseThrow()
        .click();
  }

  private static String says(String figure) {
    return browser().find(figure + ".says").getText();
  }

  /** How far down the last points of lines are. */
  private static double[] last(String... lines) {
    double[] found = new double[lines.length];
    for (int i = 0; i < lines.length; i++) {
      String points = browser().find(lines[i]).getAttribute("points");
      found[i] = Double.parseDouble(points.substring(points.lastIndexOf(',') + 1));
    }
    return found;
  }

  private static double at(String line) {
    return Double.parseDouble(browser().find(line).getAttribute("y1"));
  }
}
