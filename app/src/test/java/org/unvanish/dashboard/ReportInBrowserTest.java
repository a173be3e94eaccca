package org.unvanish.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.unvanish.page.PageModel;
import org.unvanish.page.SignalModel;

/** The report as its readers have it: opened from a file. */
class ReportInBrowserTest {

  /** What is drawn in all charts above and below and in the maps, as one text each. */
  private static final String DRAWN =
      "return [...document.querySelectorAll(arguments[0])].map(c => c.toDataURL()).join()";

  private static final String SELECT =
      "const s = [...document.querySelectorAll('main .choice')]"
          + ".find(c => c.firstChild.textContent === arguments[0]).querySelector('select');";

  @RegisterExtension static final BrowserForFiles BROWSER = new BrowserForFiles(1200, 900);

  @TempDir static Path folder;
  private static Path page;

  private static Browser browser() {
    return BROWSER.get();
  }

  @BeforeAll
  static void open() throws IOException {
    PageFixture.simple().train(folder);
    page = write("report.html", PageFixture.model(folder));
  }

  @BeforeEach
  void visit() {
    browser().visit(page, "");
  }

  private static Path write(String name, PageModel model) throws IOException {
    return Files.writeString(folder.resolve(name), ReportPage.html(model));
  }

  @Test
  void itOpensWithItsChartsAndTheNameOfTheExperiment() {
    assertThat(browser().find("h2").getText()).isEqualTo("Two arms");
    assertThat(browser().findAll(".chart canvas")).hasSizeGreaterThanOrEqualTo(4);
  }

  @Test
  void theTheoryCanBePlayedWithAndIsOpenWhereTheAddressHasItsSettings() throws Exception {
    assertThat(browser().findAll("#playground svg")).isEmpty();
    browser().find("#theory-panel summary").click();
    Client.await("the theory's chart", () -> !browser().findAll("#playground svg").isEmpty());
    browser().visit(page, "#l=7&theta=2");
    Client.await("the theory's chart", () -> !browser().findAll("#playground svg").isEmpty());
    assertThat(browser().find("#playground").getText()).contains("Depth l");
  }

  @Test
  void anArmThatIsTurnedOffIsNotDrawn() {
    String before = charts();
    String maps = maps();
    browser().findAll(".arm input").get(0).click();
    assertThat(charts()).isNotEqualTo(before);
    assertThat(maps()).isNotEqualTo(maps);
    assertThat(browser().findAll(".heat")).hasSize(1);
    assertThat(browser().find(".readout").getText()).doesNotContain("plain");
    browser().findAll(".arm input").get(0).click();
    assertThat(charts()).isEqualTo(before);
    assertThat(maps()).isEqualTo(maps);
  }

  @Test
  void allChartsShareTheZoom() {
    List<String> before = eachChart();
    String maps = maps();
    type(".from", "2");
    type(".to", "4");
    List<String> zoomed = eachChart();
    assertThat(zoomed).hasSameSizeAs(before);
    for (int i = 0; i < before.size(); i++) {
      assertThat(zoomed.get(i)).isNotEqualTo(before.get(i));
    }
    assertThat(maps()).isNotEqualTo(maps);
    browser().find(".reset").click();
    assertThat(eachChart()).isEqualTo(before);
    assertThat(browser().find(".reset").isEnabled()).isFalse();
  }

  @Test
  void draggingOverOneChartZoomsAll() {
    List<String> before = eachChart();
    drag(0.3, 0.7);
    List<String> zoomed = eachChart();
    for (int i = 0; i < before.size(); i++) {
      assertThat(zoomed.get(i)).isNotEqualTo(before.get(i));
    }
    assertThat(browser().find(".reset").isEnabled()).isTrue();
  }

  @Test
  void singleRunsAndLossesAreDrawnOnDemand() {
    String before = charts();
    browser().findAll(".tick input").get(1).click();
    String runs = charts();
    assertThat(runs).isNotEqualTo(before);
    select("Above", "loss");
    assertThat(charts()).isNotEqualTo(runs);
    assertThat(browser().find(".readout").getText())
        .contains("test loss")
        .doesNotContain("Infinity");
  }

  @Test
  void arrowKeysReadOneEpochAfterTheOther() {
    browser().find(".chart[tabindex]").sendKeys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
    assertThat(browser().find(".readout").getText())
        .contains("Epoch 2", "27.0 % [19.5, 34.5]", "28.0 %");
    browser().find(".heat canvas").sendKeys(Keys.ARROW_RIGHT, Keys.ARROW_DOWN);
    assertThat(browser().find(".says").getText())
        .isEqualTo("plain: dense2/weights, epoch 1: 2.5·10⁻²");
  }

  @Test
  void theMapsShowEverySourceAndWhatHasNone() {
    String total = maps();
    select("Gradient", "data");
    assertThat(maps()).isNotEqualTo(total);
    select("Gradient", "penalty");
    assertThat(browser().findAll(".heat").get(0).getText()).contains("No penalty.");
    assertThat(browser().find(".legend").getText()).contains("zero");
    select("Shown", "vanished");
    assertThat(browser().find(".legend").getText()).contains("vanished share", "50 %");
  }

  @Test
  void estimatesFromSomeStepsAreCalledSo() {
    assertThat(
            browser().run("return document.querySelector('.heats').closest('section').innerText"))
        .asString()
        .contains("Estimated from one step in 2 (with penalty).");
  }

  @Test
  void aTensorOfTheMapIsTheOneWhoseDistributionIsShown() {
    String all = drawn(".spread canvas");
    browser().findAll(".rows button").get(1).click();
    assertThat(drawn(".spread canvas")).isNotEqualTo(all);
    assertThat(browser().run(SELECT + "return s.value", "Parameter tensor"))
        .isEqualTo("dense2/weights");
  }

  @Test
  void howFarTheWeightsMoveIsDrawnForEachArm() throws Exception {
    assertThat(browser().findAll(".moves figure canvas")).hasSize(2);
    assertThat(browser().find(".moves figure").getText()).contains("dense1/weights", "dense2/bias");
    String both = drawn(".moves canvas");
    browser().findAll(".arm input").get(0).click();
    assertThat(browser().findAll(".moves figure canvas")).hasSize(1);
    browser().findAll(".arm input").get(0).click();
    assertThat(drawn(".moves canvas")).isEqualTo(both);
    browser().find(".moves summary").click();
    Client.await("the numbers", () -> !browser().findAll(".moves table").isEmpty());
    assertThat(browser().find(".moves table").getText()).contains("dense1/weights", "·10⁻");
    show("weights");
    assertThat(browser().find(".moves .note").getText()).contains("every parameter tensor");
    assertThat(drawn(".moves canvas")).isNotEqualTo(both);
    show("activations");
    assertThat(browser().findAll(".moves figure canvas")).hasSize(2);
    assertThat(browser().find(".moves figure").getText())
        .contains("dense1", "dense2")
        .doesNotContain("weights");
  }

  private static void show(String kind) {
    browser()
        .run(
            "const s = document.querySelector('.moves select'); s.value = arguments[0];"
                + "s.dispatchEvent(new Event('change'))",
            kind);
  }

  @Test
  void theNetworkIsDrawnAsAStackWithTheRecordedGradients() {
    assertThat(browser().findAll(".stack")).hasSize(2);
    assertThat(browser().find(".stack").getText())
        .containsSubsequence(
            "plain",
            "the gradient starts here",
            "dense2",
            "dense, 3 units with bias · output 3 · 18 parameters",
            "mean |g| of its weights 2.5·10⁻²",
            "100 % of the last layer’s",
            "dense1",
            "dense, 5 units → tanh",
            "1000 % of the last layer’s",
            "Input");
    assertThat(browser().find(".network .note").getText()).contains("--probe");
  }

  @Test
  void armsOfASweepAreGroupedAndFilteredByItsSettings() throws IOException {
    Path swept = Files.createDirectory(folder.resolve("swept"));
    PageFixture.sweep(swept);
    browser().visit(write("swept.html", PageFixture.model(swept)), "");
    assertThat(browser().find(".groups .says").getText()).isEqualTo("6 of 6 arms");
    assertThat(browser().findAll(".groups .chart canvas")).hasSize(1);
    String all = drawn(".groups canvas");
    choose("Group by", "activation");
    assertThat(browser().find(".groups table").getText())
        .containsSubsequence("tanh 3 18.0 % 18.0 %", "logistic 3 18.0 % 18.0 %");
    assertThat(drawn(".groups canvas")).isNotEqualTo(all);
    assertThat(browser().findAll(".groups table")).as("all arms are ranked above").hasSize(1);
    choose("Only α", "4");
    assertThat(browser().find(".groups .says").getText()).isEqualTo("2 of 6 arms");
    assertThat(browser().findAll(".groups table").get(1).getText())
        .contains("α = 4")
        .doesNotContain("α = 2");
    choose("Only activation", "logistic");
    assertThat(browser().find(".groups .says").getText()).isEqualTo("1 of 6 arms");
    assertThat(browser().find(".groups table").getText()).doesNotContain("tanh");
    assertThat(overhang()).isZero();
  }

  /** By the texts that a reader sees. */
  private static void choose(String label, String text) {
    browser()
        .run(
            """
            const choice = [...document.querySelectorAll('.groups .choice')]
                .find(c => c.textContent.startsWith(arguments[0]));
            const select = choice.querySelector('select');
            select.value = [...select.options].find(o => o.text === arguments[1]).value;
            select.dispatchEvent(new Event('change'));
            """,
            label,
            text);
  }

  @Test
  void theNumbersBehindTheChartsAreThere() throws Exception {
    browser().run("document.querySelectorAll('.behind').forEach(d => { d.open = true; })");
    Client.await("the tables", () -> browser().findAll(".behind table").size() == 4);
    assertThat(browser().findAll(".behind").get(0).getText()).contains("27.0 % [19.5, 34.5]");
    assertThat(browser().findAll(".behind").get(1).getText()).contains("dense2/bias", "2.5·10⁻³");
    assertThat(browser().findAll(".behind").get(2).getText())
        .contains("plain\u2069: 95 %", "1.0·10");
    assertThat(browser().findAll(".behind").get(3).getText()).contains("dense2/bias", "2.5·10⁻⁴");
  }

  @Test
  void darkIsAskedForByTheSystemOrTheReader() throws Exception {
    String light = charts();
    browser().prefer("prefers-color-scheme", "dark");
    Client.await("charts in other colours", () -> !charts().equals(light));
    browser()
        .run(
            "const s = document.getElementById('theme'); s.value = 'light';"
                + "s.dispatchEvent(new Event('change'))");
    assertThat(charts()).isEqualTo(light);
  }

  /** 1.23·10⁻⁵ of 1.23e-05. */
  private static String power(String number) {
    Matcher exponent = Pattern.compile("e([+-])0?([0-9]+)$").matcher(number);
    return exponent.replaceFirst(
        found ->
            "·10"
                + (found.group(1).equals("-") ? "⁻" : "")
                + found
                    .group(2)
                    .chars()
                    .mapToObj(digit -> "⁰¹²³⁴⁵⁶⁷⁸⁹".substring(digit - '0', digit - '0' + 1))
                    .collect(Collectors.joining()));
  }

  @Test
  void thePageRoundsAsTheTerminalDoes() {
    SplittableRandom random = new SplittableRandom(5);
    List<Double> values = new ArrayList<>(List.of(0.0, 1.0, 0.3095, 0.99949, 0.99951, 0.0005));
    for (int i = 0; i < 3_000; i++) {
      // Halfway between two roundings as often as not.
      values.add(random.nextInt(2_001) / 2_000.0);
      values.add(random.nextInt(20_001) / 20_000.0 * random.nextInt(1, 40));
      values.add((random.nextInt(10_001) + random.nextInt(10_001) + 0.5) / 30_000.0);
      values.add(random.nextDouble());
      values.add(random.nextInt(1, 2_000) * Math.pow(10, -random.nextInt(45)));
      values.add(random.nextDouble() * Math.pow(10, random.nextInt(26) - 20));
    }
    List<String> expected =
        values.stream()
            .map(
                v ->
                    String.format(Locale.ROOT, "%.1f %% ", 100 * v)
                        + power(String.format(Locale.ROOT, "%.3g", v))
                        // People write no + and no 0 before a power.
                        + String.format(Locale.ROOT, " %.1e", v)
                            .replaceFirst("e([+]|(-))0?", "e$2"))
            .toList();
    assertThat(
            browser()
                .run(
                    "return arguments[0].map(v => "
                        + "`${Parts.percent(v)} ${Parts.number(v)} ${Parts.scientific(v, 1)}`"
                        + ".replace('e+', 'e'))",
                    values))
        .isEqualTo(expected);
  }

  @Test
  void armsWhoseColoursComeAgainHaveDotsInLinesAndLegend() {
    List<?> lines =
        (List<?>)
            browser()
                .run(
                    """
                const curve = {mean: [1], q25: [1], q75: [1]};
                const arms = Array.from({length: 30}, () => ({lines: {m: [[1]]}, curves: {m: curve}}));
                return Charts.means({arms}, {hidden: new Set(), training: true, seeds: true}, 'm', 'm', 1)
                    .map(line => [line.stroke, line.dash, line.width].join(' '))
                    .concat(arms.map((arm, i) => Parts.swatch(i)))""");
    assertThat(lines).hasSize(4 * 30).doesNotHaveDuplicates();
    assertThat(browser().run("return document.querySelector('.arm .swatch').style.background"))
        .isEqualTo("rgb(0, 114, 178)");
  }

  @Test
  void theConclusionComesFirstThenChartsAndTheRestIsFolded() {
    assertThat(browser().find(".conclusion > p").getText())
        .startsWith("Nothing is learned: the best mean test accuracy, 31.0 %, is no better than");
    assertThat(browser().find(".arm .best").getText()).isEqualTo("★ best");
    @SuppressWarnings("unchecked")
    List<Number> order =
        (List<Number>)
            browser()
                .run(
                    "return ['.conclusion', '.chart', '.arms', '.heat', '.folded'].map(part =>"
                        + "document.querySelector(part).getBoundingClientRect().top)");
    assertThat(order.stream().map(Number::doubleValue).toList()).isSorted();
    assertThat(browser().find(".folded table").isDisplayed()).isFalse();
    browser().run("dispatchEvent(new Event('beforeprint'))");
    assertThat(browser().find(".folded table").isDisplayed()).isTrue();
    assertThat(browser().find(".unclear table").isDisplayed()).isFalse();
    browser().run("dispatchEvent(new Event('afterprint'))");
    assertThat(browser().find(".folded table").isDisplayed()).isFalse();
  }

  @Test
  void eachChartCanBeSavedWithItsArmsNamedAtTheirLines() {
    @SuppressWarnings("unchecked")
    List<String> saved =
        (List<String>)
            browser()
                .run(
                    """
        const blobs = [];
        const names = [];
        URL.createObjectURL = blob => { blobs.push(blob); return 'data:,'; };
        HTMLAnchorElement.prototype.click = function() { names.push(this.download); };
        const kinds = [...document.querySelectorAll('.curves .download')].map(d => [...d.querySelectorAll('button')]);
        for (const button of [...kinds[0], document.querySelector('.heat .download button')]) button.click();
        return new Promise(done => setInterval(async () => {
          if (blobs.length < 4) return;
          const texts = await Promise.all(blobs.map(blob => blob.text()));
          done(names.map((name, i) => [name, blobs[i].type, texts[i]].join(' ')));
        }, 20));""");
    assertThat(saved).hasSize(4);
    assertThat(saved)
        .anySatisfy(
            svg ->
                assertThat(svg)
                    .startsWith("two-arms-test-accuracy.svg image/svg+xml <svg")
                    .contains("★ plain", "with penalty", "chance 33.3 %", "Accuracy (%)")
                    .contains("polyline", "polygon"))
        .anySatisfy(
            csv ->
                assertThat(csv)
                    .startsWith(
                        "two-arms-test-accuracy.csv text/csv arm,epoch,runs,test_accuracy_mean,"
                            + "test_accuracy_median,test_accuracy_q25,test_accuracy_q75,train_accuracy_mean,")
                    .contains("\nplain,1,4,0.26,0.26,0.185,0.335,"))
        .anySatisfy(
            png -> assertThat(png).startsWith("two-arms-test-accuracy.png image/png \ufffdPNG"))
        .anySatisfy(
            map ->
                assertThat(map)
                    .startsWith("two-arms-mean-g-total-gradient-of-plain.svg")
                    .contains("dense2/weights", "<rect"));
    assertThat(
            browser().run("return Download.csv([['a', '=1+1', 'x\"y,z', -2, null, '\u2068arm']])"))
        .isEqualTo("a,'=1+1,\"x\"\"y,z\",-2,,\u2068arm\n");
  }

  @Test
  void namesAtLinesKeepApartAndTheBestArmIsAmongThem() {
    assertThat(
            browser()
                .run(
                    """
        const ends = Array.from({length: 30}, (_, i) => ({line: {name: 'arm ' + i, strong: i === 29}, x: 0, y: 50}));
        const placed = Labels.place(ends, 0, 140);
        return [placed.length, placed.some(end => end.line.strong), placed.every((end, i) => i === 0 || end.at - placed[i - 1].at >= 14),
          placed[0].at >= 0 && placed.at(-1).at <= 140].join()"""))
        .isEqualTo("11,true,true,true");
  }

  @Test
  void pointsOfASweepAreNamedByTheirValuesWhereThereIsNoRoom() {
    assertThat(
            browser()
                .run(
                    """
        const short = (...names) => {
          const lines = names.map(name => ({name, quiet: name.startsWith('chance')}));
          return lines.map(Labels.shortened(lines)).join('; ');
        };
        return [short('★ α = 2, r = 0', 'α = 0.5, r = 0.01', 'chance 50 %'), short('α = 2', 'with a penalty'),
          short('α = 2, r = 0', 'α = 2, depth = 5')].join(' | ')"""))
        .isEqualTo(
            "★ 2, 0; 0.5, 0.01; chance 50 % | α = 2; with a penalty | α = 2, r = 0; α = 2, depth = 5");
  }

  @Test
  void axesSmoothingAndMedianSayWhatTheyDo() throws IOException {
    assertThat(browser().find(".strays").isDisplayed()).isFalse();
    String outside =
        ReportPage.html(PageFixture.model(folder)).replaceAll("(\"q75\":\\[)[^,]+", "$11e-9");
    browser().visit(Files.writeString(folder.resolve("outside.html"), outside), "");
    assertThat(browser().find(".strays").getText())
        .startsWith("The mean of “plain”, “with penalty” lies outside its own band in some epochs");
    browser().find(".median").click();
    assertThat(browser().find(".strays").isDisplayed()).isFalse();
    assertThat(browser().find(".curves .note").getText()).contains("median and quartiles");
    String linear = charts();
    browser().findAll(".tick input").get(2).click();
    String logarithmic = charts();
    assertThat(logarithmic).isNotEqualTo(linear);
    select("Smoothing", "3");
    assertThat(charts()).isNotEqualTo(logarithmic);
    assertThat(browser().find(".curves .note").getText())
        .contains("Smoothed: each point is the mean of 3 epochs around it");
    assertThat(browser().run("return Charts.smoothed([1, null, 3, 8, 1], 3).join()"))
        .isEqualTo("1,,5.5,4,1");
  }

  @Test
  void tablesAreSortedByTheirNumbersAndFiltered() throws Exception {
    browser().run("document.querySelectorAll('.behind')[1].open = true");
    Client.await("the table", () -> !browser().findAll(".behind table").isEmpty());
    String column =
        "return [...document.querySelectorAll('.behind tbody tr:not([hidden])')]"
            + ".map(row => row.children[2].textContent).join(' ')";
    browser().findAll(".behind .sort").get(2).click();
    assertThat(browser().run(column))
        .isEqualTo("2.5·10⁻³ 2.5·10⁻³ 2.5·10⁻² 2.5·10⁻² 2.5·10⁻¹ 2.5·10⁻¹ 2.5 2.5");
    assertThat(browser().findAll(".behind [aria-sort=ascending]")).hasSize(1);
    browser().find(".behind .filter").sendKeys("penalty bias");
    assertThat(browser().run(column)).isEqualTo("2.5·10⁻³");
    assertThat(browser().find(".behind [role=status]").getText()).isEqualTo("1 of 8 rows");
    assertThat(
            browser()
                .run(
                    "return ['31.0 % [1, 2]', '×0.25', '+1.5 points', '−3', '–', '10⁻⁵', '1.2·10⁻³', '2e-04',"
                        + " '1,234'].map(Sorting.number).join()"))
        .isEqualTo("31,0.25,1.5,-3,,0.00001,0.0012,0.0002,1234");
  }

  @Test
  void oneDeadArmDoesNotHideTheOthersInTheMaps() {
    assertThat(
            browser()
                .run(
                    """
        const alive = [1e-2, 2e-2, 5e-3, 1e-3];
        const dead = [1e-20, 1e-25, 1e-22, 1e-21];
        const usual = Flow.usual([alive, dead]);
        const colours = Flow.scale([...alive, ...dead], false, usual);
        return [usual.map(v => v.toFixed(1)).join(), colours.share(1e-2) - colours.share(1e-3) > 0.7, colours.beyond.join(),
          Flow.usual([alive, alive]) === null, Flow.usual([alive, dead, dead])[0] > -4].join(' ')"""))
        .isEqualTo("-3.0,-1.7 true true,false true true");
  }

  @Test
  void aPhoneNeedsNoScrollingSideways() throws IOException {
    browser().resize(360, 740);
    browser().visit(probed("phone.html"), "");
    assertThat(overhang()).isZero();
    assertThat(
            (Number)
                browser()
                    .run("return document.querySelector('.chart').getBoundingClientRect().bottom"))
        .extracting(Number::doubleValue, org.assertj.core.api.InstanceOfAssertFactories.DOUBLE)
        .as("a chart on the first screen")
        .isLessThan(740);
  }

  @Test
  void aSingleEpochIsDrawnAndAnArmWithNoneIsNot() throws IOException {
    Path one = folder.resolve("one");
    new PageFixture("One epoch", List.of("done", "not begun"), 1, 1).train(one);
    browser().visit(write("one.html", PageFixture.model(one)), "");
    assertThat(browser().findAll(".arm .value").get(0).getText()).isEqualTo("11.0 %");
    assertThat(browser().findAll(".arm .value").get(1).getText()).isEqualTo("–");
    String both = charts();
    browser().findAll(".arm input").get(1).click();
    assertThat(browser().findAll(".heat")).hasSize(1);
    browser().findAll(".arm input").get(0).click();
    assertThat(charts()).isNotEqualTo(both);
  }

  @Test
  void whatHasNotBegunIsShownWithoutCharts() throws IOException {
    Path planned = folder.resolve("planned");
    PageFixture.simple().plan(planned);
    browser().visit(write("planned.html", PageFixture.model(planned)), "");
    assertThat(browser().find("main").getText())
        .contains("No run has completed an epoch yet.", "8 planned", "0 of 48 epochs");
    assertThat(browser().findAll(".chart")).isEmpty();
  }

  @Test
  void theSignalsWayIsDrawnForEachArmThatWasProbed() throws IOException {
    browser().visit(probed("probed.html"), "");
    assertThat(browser().findAll(".signal")).hasSize(2);
    assertThat(browser().find(".signal").getText())
        .contains(
            "plain, seed 1",
            "After epoch 3 the backpropagated gradient explodes",
            "→ to the first layer",
            "After epoch 3: exploding, ",
            "From end to end the gradient has no finite size: the loss is not finite",
            "gradient of the first layer 1.0·10⁻⁵",
            "a <b>penalty</b>");
    assertThat(browser().find(".stack").getText())
        .containsSubsequence("plain, seed 1", "exploding", "dense2", "keeps its size", "dense1");
    assertThat(browser().find(".probed").getText()).contains("some of them are drawn");
    assertThat(browser().find(".probed").getText()).contains("ends in an arrow", "ends in a cross");
    // A line for each snapshot; two have an end: nothing left, and an overflow.
    assertThat(browser().findAll(".signal:first-child .way polyline")).hasSize(4);
    assertThat(browser().findAll(".signal:first-child .way .lost")).hasSize(2);
    assertThat(browser().findAll(".signal:first-child .way .bar")).hasSize(4);
    assertThat(browser().findAll(".signal:nth-child(2) .way polyline"))
        .hasSizeBetween(SignalModel.MOST_SNAPSHOTS, SignalModel.MOST_SNAPSHOTS + 1);
    // Lower is less: from the output on, the chosen line goes down.
    browser().findAll(".signal:first-child .snapshots button").get(0).click();
    @SuppressWarnings("unchecked")
    List<Number> heights =
        (List<Number>)
            browser()
                .run(
                    "return [...document.querySelectorAll('.signal:first-child .chosen circle')]"
                        + ".map(c => Number(c.getAttribute('cy')))");
    assertThat(heights.stream().map(Number::doubleValue).toList()).hasSize(3).isSorted();
    double first = heights.get(1).doubleValue() - heights.get(0).doubleValue();
    double second = heights.get(2).doubleValue() - heights.get(1).doubleValue();
    assertThat(second / first).isCloseTo(3, within(1e-6));
    assertThat(overhang()).isZero();
  }

  @Test
  void aSnapshotIsChosenByButtonOrKeysAndALayerReadByKeys() throws IOException {
    browser().visit(probed("chosen.html"), "");
    browser().findAll(".signal .snapshots button").get(1).click();
    assertThat(browser().find(".signal .says").getText())
        .isEqualTo(
            "After 3 steps: vanishing, many-layers, activation. From end to end the gradient is lost,"
                + " nothing left from dense1 on; gradient of the first layer 1.0·10⁻⁵; loss 1.00, accuracy 10.0 %.");
    assertThat(browser().find(".signal .way").getText()).contains("−∞");
    browser().findAll(".signal .snapshots button").get(3).click();
    assertThat(browser().find(".signal .says").getText())
        .isEqualTo(
            "After epoch 3: exploding, many-layers, linear. From end to end the gradient has no finite"
                + " size: the loss is not finite; gradient of the first layer 1.0·10⁻⁵; no finite loss, accuracy 10.0 %.");
    browser().findAll(".signal .snapshots button").get(1).click();
    browser().find(".signal .way").sendKeys(Keys.ARROW_DOWN, Keys.ARROW_RIGHT);
    assertThat(browser().find(".signal .says").getText())
        .startsWith(
            "After epoch 2, dense2, log₁₀: f′ 0.0, weights 0.0, both for the typical sample 0.0, from the output until behind it 0.0");
    browser().find(".signal .way").sendKeys(Keys.ARROW_UP, Keys.ARROW_UP, Keys.ARROW_RIGHT);
    assertThat(browser().find(".signal .says").getText())
        .startsWith(
            "At the initial weights, dense1, log₁₀: f′ −3.0, weights 0.0, both for the typical sample −3.0, from the output until behind it −4.0")
        .contains("saturated or dead: 25.0 %");
    assertThat(browser().findAll(".signal .snapshots button[aria-pressed=true]").get(0).getText())
        .isEqualTo("at the initial weights");
    browser().run("document.querySelectorAll('.behind').forEach(d => { d.open = true; })");
    browser().run("return new Promise(done => setTimeout(done, 50))");
    assertThat(browser().findAll(".probed .behind tr")).hasSizeGreaterThan(3 * 2 + 12 * 2);
    assertThat(browser().find(".probed .behind").getText()).contains("−∞", "after 3 steps");
  }

  @Test
  void anArmThatIsTurnedOffHasNoSignal() throws IOException {
    browser().visit(probed("off.html"), "");
    browser().findAll(".arm input").get(0).click();
    assertThat(browser().findAll(".signal")).hasSize(1);
    assertThat(browser().find(".signal").getText()).contains("with penalty, seed 2");
    browser().findAll(".arm input").get(1).click();
    assertThat(browser().findAll(".signal")).isEmpty();
  }

  @Test
  void aSignalBeforeTheFirstEpochIsDrawn() throws IOException {
    Path begun = folder.resolve("begun");
    PageFixture.simple().plan(begun);
    PageFixture.simple().probe(begun);
    browser().visit(write("begun.html", PageFixture.model(begun)), "");
    assertThat(browser().find("main").getText()).contains("No run has completed an epoch yet.");
    assertThat(browser().findAll(".way polyline")).isNotEmpty();
  }

  /** The page of the trained folder with what probing found. */
  private static Path probed(String name) throws IOException {
    return write(name, probed());
  }

  private static PageModel probed() {
    Path probed = folder.resolve("probed");
    if (!Files.exists(probed)) {
      PageFixture.simple().train(probed);
      PageFixture.simple().probe(probed);
    }
    return PageFixture.model(probed);
  }

  @Test
  void hostileNamesAreText() throws IOException {
    String name =
        "<img src=x onerror=hacked=1></script><script>hacked=1</script>\u202eabc\u2028 \"'&amp;";
    String bidi = "مرحبا \u202e" + "x".repeat(10_000);
    Path hostile = write("hostile.html", PageFixture.renamed(probed(), name, List.of(name, bidi)));
    browser().resize(800, 700);
    browser().visit(hostile, "");
    browser().run("document.querySelectorAll('details').forEach(d => { d.open = true; })");
    browser().run("return new Promise(done => setTimeout(done, 100))");
    assertThat(browser().run("return window.hacked")).isNull();
    assertThat(browser().run("return document.querySelector('h2').textContent")).isEqualTo(name);
    assertThat(browser().findAll("main img, main script")).isEmpty();
    assertThat(browser().run("return document.querySelector('.signal .name').textContent"))
        .isEqualTo(name);
    assertThat(overhang()).isZero();
    // Ten thousand characters fill no screen.
    assertThat((Long) browser().run("return document.querySelector('.arms').offsetHeight"))
        .isLessThan(400);
  }

  @Test
  void axeFindsNoSeriousFault() throws IOException {
    Path everything = probed("everything.html");
    for (String scheme : List.of("light", "dark")) {
      browser().prefer("prefers-color-scheme", scheme);
      browser().visit(everything, "");
      browser().run("document.querySelectorAll('details').forEach(d => { d.open = true; })");
      browser().run("return new Promise(done => setTimeout(done, 100))");
      assertThat(scheme.equals("light") ? Axe.faults(browser()) : Axe.contrastFaults(browser()))
          .as(scheme)
          .isEmpty();
    }
  }

  @Test
  void axeWouldFindAFault() throws IOException {
    browser()
        .run(
            "document.querySelector('.from').parentElement.replaceWith(document.querySelector('.from'))");
    assertThat(Axe.faults(browser())).isNotEmpty();
  }

  /** How many pixels of the page are beyond the screen's side. */
  private static long overhang() {
    return (Long)
        browser()
            .run(
                "const page = document.documentElement; return page.scrollWidth - page.clientWidth");
  }

  private static String drawn(String canvases) {
    return (String) browser().run(DRAWN, canvases);
  }

  private static String charts() {
    return drawn(".chart canvas");
  }

  private static String maps() {
    return drawn(".heat canvas");
  }

  @SuppressWarnings("unchecked")
  private static List<String> eachChart() {
    return (List<String>)
        browser()
            .run("return [...document.querySelectorAll('.chart canvas')].map(c => c.toDataURL())");
  }

  private static void type(String field, String text) {
    browser()
        .run(
            "const f = document.querySelector(arguments[0]); f.value = arguments[1];"
                + "f.dispatchEvent(new Event('change'))",
            field,
            text);
  }

  /** The first choice of this name. */
  private static void select(String name, String value) {
    browser()
        .run(SELECT + "s.value = arguments[1]; s.dispatchEvent(new Event('change'))", name, value);
  }

  private static void drag(double from, double to) {
    browser()
        .run(
            """
        const over = document.querySelector('.chart .u-over');
        const box = over.getBoundingClientRect();
        const at = (type, share, target) => target.dispatchEvent(new MouseEvent(type, {
          bubbles: true, button: 0, movementX: 1, clientX: box.left + share * box.width, clientY: box.top + 50}));
        at('mousemove', arguments[0], over);
        at('mousedown', arguments[0], over);
        at('mousemove', arguments[1], over);
        at('mouseup', arguments[1], document);
        return new Promise(done => setTimeout(done, 100));
        """,
            from,
            to);
  }
}
