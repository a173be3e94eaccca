package org.unvanish.dashboard;

import java.util.List;

/**
 * What {@code unvanish forecast --json} prints of an arm, as a page: the verdict, the phase diagram
 * with a dot for each layer, and what each layer does to the gradient, forecast and measured. Its
 * sliders move the layers by a scale α and by a naive factor.
 */
public final class ForecastPage {

  private static final String START =
      """
      Unvanish.forecastPage(
        document.getElementById("forecast"), JSON.parse(document.getElementById("model").textContent));
      """;

  private ForecastPage() {}

  /**
   * A page of its own, which works from a disk and fetches nothing.
   *
   * @param json as {@code forecast.schema.json} says, of an arm
   */
  public static String page(String json) {
    String page =
        OneFile.page(
            "forecast.html",
            List.of("playground.css", "phase.css"),
            List.of(
                "controls.js",
                "mean-field.js",
                "phase.js",
                "depth.js",
                "phase-words.js",
                "forecast.js"),
            START);
    return page.replace("/*MODEL*/", harmless(json));
  }

  /** No text leaves the script element: outside of strings, JSON has none of these characters. */
  private static String harmless(String json) {
    return json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
  }
}
