package org.unvanish.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.WebElement;
import org.unvanish.cli.StrictSchema;
import org.unvanish.examination.ForecastJson;

/** The page of a forecast, in a browser. */
class ForecastPageTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @RegisterExtension static final BrowserForFiles BROWSER = new BrowserForFiles(1100, 1000);

  @TempDir static Path folder;

  private static Browser browser() {
    return BROWSER.get();
  }

  /** Three dense layers and what two seeds did: numbers of no network, but of the right kind. */
  private static ObjectNode forecast() throws IOException {
    try (var in = ForecastPageTest.class.getResourceAsStream("forecast.json")) {
      return (ObjectNode) JSON.readTree(in);
    }
  }

  private static ObjectNode layer(ObjectNode forecast, int i) {
    return (ObjectNode) forecast.get("layers").get(i);
  }

  private static void visit(JsonNode forecast) throws IOException {
    Path page = folder.resolve("forecast.html");
    Files.writeString(page, ForecastPage.page(JSON.writeValueAsString(forecast)));
    browser().visit(page, "");
  }

  @Test
  void whatIsShownHereFollowsTheSchema() throws IOException {
    assertThat(StrictSchema.of(ForecastJson.schema()).errors(JSON.writeValueAsString(forecast())))
        .isEmpty();
  }

  @Test
  void thePageHasTheVerdictADotForEachLayerTheStripAndTheTable() throws IOException {
    visit(forecast());
    assertThat(text("h1")).isEqualTo("Forecast: scaled");
    assertThat(browser().findAll(".ph-verdict").stream().map(WebElement::getText))
        .containsExactly(
            "The gradient typically shrinks 2-fold.",
            "Change nothing.",
            "Forecast and measurement agree.");
    // The last layer has no activation, and the two dots of equal layers are one.
    assertThat(browser().findAll(".ph-dot")).hasSize(1);
    assertThat(text(".ph-name")).isEqualTo("1–2");
    assertThat(browser().findAll(".ph-bar.ph-forecast")).hasSize(3);
    assertThat(browser().findAll(".ph-spread")).hasSize(3);
    assertThat(browser().findAll(".ph-mark.ph-measured")).hasSize(3);
    assertThat(text(".ph-legend"))
        .contains("forecast: log₁₀ −0.34 in all", "measured over 2 seeds: log₁₀ −0.33 in all");
    assertThat(browser().findAll(".ph-layers tr")).hasSize(4);
    assertThat(text(".ph-layers tr:nth-child(2)")).startsWith("1 dense1tanh, α = 21.20.15");
    assertThat(text(".ph-notes")).contains("dense2: it is nearly so.");
  }

  @Test
  void theSlidersMoveTheDotsAndForecastAgain() throws IOException {
    visit(forecast());
    double left = place("cx");
    double top = place("cy");
    type("alpha", "8");
    assertThat(place("cx")).isEqualTo(left);
    assertThat(place("cy")).isGreaterThan(top);
    assertThat(browser().findAll(".ph-curve.ph-scale")).hasSize(1);
    assertThat(text(".ph-moved")).startsWith("With α = 8 and naive factor = 1 the gradient ");
    type("naive", "2");
    assertThat(browser().findAll(".ph-dot")).as("the first layer stays").hasSize(2);
    browser().find(".ph-button").click();
    assertThat(browser().findAll(".ph-curve.ph-scale")).isEmpty();
    assertThat(text(".ph-moved")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"2, 1", "1, 3"})
  void whatTheSlidersForecastIsWhatAStackWithTheseSettingsHas(int alpha, int naive)
      throws IOException {
    visit(forecast());
    JsonNode found =
        JSON.readTree(
            (String)
                browser()
                    .run(
                        """
                    const stack = (alpha, naive) => Unvanish.meanField.stack({name: 'tanh',
                      sigmaW: 1.2, sigmaB: 0.3, alpha, naive, depth: 7, meanSquare: 1});
                    const now = stack(%1$d, %2$d);
                    const layers = now.map(({variance}) =>
                      ({function: 'tanh', inner: 1 / %1$d, sigma_w: 1.2 * %2$d, sigma_b: 0.3 / %1$d, variance, inside: []}));
                    const changes = Unvanish.otherForecast.changes({layers}, 3, 1.4);
                    return JSON.stringify(stack(3 * %1$d, 1.4 * %2$d).map(({log10}, i) => [
                      changes[i] + (i === 0 ? Math.log10(1.4) : 0), log10 - now[i].log10]));
                    """
                            .formatted(alpha, naive)));
    assertThat(found).hasSize(6);
    found.forEach(
        pair ->
            assertThat(pair.get(0).asDouble()).isCloseTo(pair.get(1).asDouble(), within(1e-12)));
  }

  @Test
  void rootMeanSquareCanBeChosen() throws IOException {
    visit(forecast());
    browser()
        .run(
            "const s = document.getElementById('forecast-quantity'); s.value = 'root mean square';"
                + "s.dispatchEvent(new Event('change'))");
    assertThat(text(".ph-legend")).contains("forecast: log₁₀ −0.28 in all");
    assertThat(browser().findAll(".ph-spread")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "gelu, The sliders cover only layers with tanh",
    "phase, The sliders cover only weights",
    "residual, The sliders do not cover residual blocks.",
    "variance, A layer has no forecast",
  })
  void whereTheSlidersCannotForecastThePageSaysWhy(String what, String said) throws IOException {
    ObjectNode forecast = forecast();
    switch (what) {
      case "gelu" -> layer(forecast, 1).put("function", "gelu");
      case "phase" -> forecast.putNull("phase");
      case "residual" -> layer(forecast, 1).putArray("inside").add(layer(forecast, 0).deepCopy());
      default -> {
        layer(forecast, 1).putNull("variance").putNull("rms_log10").putNull("typical_log10");
        forecast.putNull("rms_log10").putNull("typical_log10");
      }
    }
    visit(forecast);
    assertThat(text(".up-controls")).contains(said);
    assertThat(browser().findAll(".up-controls input")).isEmpty();
    assertThat(text("main")).doesNotContain("NaN", "undefined", "null");
    assertThat(browser().findAll(".ph-layers tr")).hasSize(4);
  }

  @Test
  void activationsWithoutACommonScaleAreScaledBesideWhatTheyHave() throws IOException {
    ObjectNode forecast = forecast().putNull("alpha");
    layer(forecast, 0).put("activation", "3·tanh").put("inner", 1);
    visit(forecast);
    assertThat(browser().findAll(".ph-curve.ph-scale")).isEmpty();
    assertThat(text(".up-controls")).contains("The sliders multiply the present α and factors.");
    type("alpha", "2");
    assertThat(browser().findAll(".ph-curve.ph-scale")).hasSize(1);
    assertThat(text(".ph-moved")).startsWith("With α × 2 and naive factor × 1 the gradient ");
  }

  @Test
  void eachFunctionHasADiagramOfItsOwn() throws IOException {
    ObjectNode forecast = forecast();
    layer(forecast, 1).put("function", "softsign");
    visit(forecast);
    assertThat(browser().findAll(".ph-plane")).hasSize(2);
    assertThat(browser().findAll(".ph-frame h3").stream().map(WebElement::getText))
        .containsExactly("tanh", "softsign");
  }

  @Test
  void withoutMeasurementNothingMeasuredIsShown() throws IOException {
    visit(forecast().putNull("measured"));
    assertThat(browser().findAll(".ph-measured")).isEmpty();
    assertThat(text(".ph-layers")).doesNotContain("measured");
  }

  @Test
  void namesCannotBecomeMarkup() throws IOException {
    ObjectNode forecast = forecast().put("arm", "</script><img src=x onerror=alert(1)>");
    layer(forecast, 0).put("name", "<b>&amp;");
    visit(forecast);
    assertThat(text("h1")).isEqualTo("Forecast: </script><img src=x onerror=alert(1)>");
    assertThat(text(".ph-layers")).contains("1 <b>&amp;");
    assertThat(browser().findAll("img, main b")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void axeFindsNoSeriousFault(String scheme) throws IOException {
    browser().prefer("prefers-color-scheme", scheme);
    visit(forecast());
    assertThat(Axe.faults(browser())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {320, 390, 1400})
  void nothingIsWiderThanTheScreen(int width) throws IOException {
    browser().resize(width, 800);
    ObjectNode forecast = forecast().put("arm", "x".repeat(100));
    layer(forecast, 1).put("name", "conv".repeat(8));
    visit(forecast);
    assertThat((Long) browser().run("return document.documentElement.scrollWidth"))
        .isLessThanOrEqualTo(width);
  }

  private static double place(String coordinate) {
    return Double.parseDouble(
        List.copyOf(browser().findAll(".ph-dot")).get(0).getDomAttribute(coordinate));
  }

  private static String text(String selector) {
    return String.valueOf(browser().find(selector).getDomProperty("textContent"));
  }

  private static void type(String key, String number) {
    browser()
        .run(
            "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('input'))",
            browser().find("#forecast-" + key + "-field"),
            number);
  }
}
