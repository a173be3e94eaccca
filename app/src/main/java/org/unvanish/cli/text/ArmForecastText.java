package org.unvanish.cli.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.unvanish.comparison.ShownNumber;
import org.unvanish.examination.AgreementText;
import org.unvanish.examination.ArmForecast;
import org.unvanish.examination.MeasuredSeeds;
import org.unvanish.examination.MeasuredSeeds.MeasuredFactors;
import org.unvanish.examination.MeasuredSeeds.MeasuredLayer;
import org.unvanish.forecast.Forecast;
import org.unvanish.forecast.ForecastText;
import org.unvanish.forecast.LayerForecast;
import org.unvanish.text.Style;
import org.unvanish.text.StyledText;
import org.unvanish.text.TextTable;

/** The forecast of an arm for a reader at a terminal. */
public final class ArmForecastText {

  private static final String INDENT = "  ";

  /** Columns of the forecast that do not decide. */
  private static final List<Integer> DETAILS = List.of(1, 5, 8);

  /** The first column beside the measurement that is about a layer as a whole. */
  private static final int RMS = 7;

  private final ArmForecast found;
  private final Forecast forecast;

  /** Of a forecast. */
  public ArmForecastText(ArmForecast found) {
    this.found = found;
    this.forecast = found.forecast();
  }

  /**
   * What becomes of the gradient, what to do and how sure that is; then the reasons, the layers
   * with totals, and what was measured beside them.
   *
   * @param width of a line in characters
   * @param all whether every column is shown, or what decides
   */
  public StyledText text(int width, boolean all) {
    ForecastText words = found.words();
    List<String> sentences = words.sentences();
    StyledText text =
        new StyledText()
            .paragraph(
                "%s, arm “%s”, on %s"
                    .formatted(found.experiment(), found.arm().name(), found.data().title()),
                width)
            .blank()
            .paragraph(sentences.get(0), width, words.isBearable() ? Style.GOOD : Style.BAD)
            .paragraph(words.advice(), width, Style.STRONG)
            .paragraph(
                found
                    .measured()
                    .map(measured -> AgreementText.of(forecast, measured))
                    .orElse(
                        "No weight was drawn for this. --measure 40 probes 40 seeds for "
                            + "comparison."),
                width)
            .blank()
            .paragraph(String.join(" ", sentences.subList(1, sentences.size())), width)
            .blank()
            .paragraph(
                "Layer by layer, from the last to the first, as log₁₀ (−1: a tenth is left):",
                width)
            .add(TextTable.of(forecastTable(all), width));
    notes(text, width);
    found.measured().ifPresent(measured -> addMeasured(text, measured, width, all));
    return text;
  }

  private List<List<String>> forecastTable(boolean all) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        row(
            all,
            "layer",
            "variance",
            "saturated",
            "f′",
            "weights",
            "padding",
            "rms",
            "typical",
            "spread",
            "critical factor"));
    addForecast(rows, forecast.layers(), "", all);
    rows.add(
        row(
            all,
            "all",
            "",
            "",
            sum(LayerForecast::activationLog10),
            sum(LayerForecast::weightsLog10),
            sum(LayerForecast::paddingLog10),
            AgreementText.signed(forecast.rmsLog10()),
            AgreementText.signed(forecast.typicalLog10()),
            ShownNumber.of("%.2f", forecast.spreadLog10()),
            ""));
    return rows;
  }

  /** All columns, or those that decide: without variance, padding and spread. */
  private static List<String> row(boolean all, String... cells) {
    return IntStream.range(0, cells.length)
        .filter(c -> all || !DETAILS.contains(c))
        .mapToObj(c -> cells[c])
        .toList();
  }

  private String sum(Function<LayerForecast, Double> part) {
    return AgreementText.signed(forecast.layers().stream().mapToDouble(part::apply).sum());
  }

  private static void addForecast(
      List<List<String>> rows, List<LayerForecast> layers, String indent, boolean all) {
    for (int i = layers.size() - 1; i >= 0; i--) {
      LayerForecast layer = layers.get(i);
      rows.add(
          row(
              all,
              indent + layer.name(),
              ShownNumber.of("%.3g", layer.variance()),
              ShownNumber.of("%3.0f %%", 100 * layer.saturatedShare()),
              AgreementText.signed(layer.activationLog10()),
              AgreementText.signed(layer.weightsLog10()),
              AgreementText.signed(layer.paddingLog10()),
              AgreementText.signed(layer.rmsLog10()),
              AgreementText.signed(layer.typicalLog10()),
              ShownNumber.of("%.2f", layer.spreadLog10()),
              ShownNumber.of("%.3g", layer.criticalFactor())));
      addForecast(rows, layer.inside(), indent + INDENT, all);
    }
  }

  /** What is missing or only nearly so, each sentence once, with the layers that it is about. */
  private void notes(StyledText text, int width) {
    Map<String, Set<String>> notes = new LinkedHashMap<>();
    collect(forecast.layers(), notes);
    notes.forEach(
        (sentence, layers) -> text.paragraph(String.join(", ", layers) + ": " + sentence, width));
  }

  private static void collect(List<LayerForecast> layers, Map<String, Set<String>> notes) {
    for (LayerForecast layer : layers) {
      List<String> sentences = new ArrayList<>(layer.notForecast());
      sentences.addAll(layer.approximated());
      for (String sentence : sentences) {
        notes.computeIfAbsent(sentence, s -> new LinkedHashSet<>()).add(layer.name());
      }
      collect(layer.inside(), notes);
    }
  }

  private void addMeasured(StyledText text, MeasuredSeeds measured, int width, boolean all) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        beside(
            all,
            "layer",
            "saturated",
            "measured",
            "f′",
            "measured",
            "weights",
            "measured",
            "rms",
            "measured",
            "typical",
            "measured"));
    addMeasured(rows, forecast.layers(), measured.layers(), "", all);
    rows.add(
        row(
            all,
            "all",
            "",
            "",
            forecast.layers().stream().mapToDouble(LayerForecast::activationLog10).sum(),
            forecast.layers().stream().mapToDouble(LayerForecast::weightsLog10).sum(),
            forecast.rmsLog10(),
            forecast.typicalLog10(),
            measured.all()));
    text.blank()
        .paragraph(
            ("Forecast and measurement: mean ± standard deviation over %d seeds, each with %d"
                    + " mini-batches of %d samples:")
                .formatted(measured.seeds(), measured.batches(), measured.batchSize()),
            width)
        .add(TextTable.of(rows, width));
  }

  /** All columns, or the whole of each layer alone. */
  private static List<String> beside(boolean all, String... cells) {
    return IntStream.range(0, cells.length)
        .filter(c -> all || c == 0 || c >= RMS)
        .mapToObj(c -> cells[c])
        .toList();
  }

  /** Layers of forecast and measurement are the same, in the same order. */
  private static void addMeasured(
      List<List<String>> rows,
      List<LayerForecast> layers,
      List<MeasuredLayer> measured,
      String indent,
      boolean all) {
    for (int i = layers.size() - 1; i >= 0; i--) {
      LayerForecast layer = layers.get(i);
      MeasuredLayer beside = measured.get(i);
      rows.add(
          row(
              all,
              indent + layer.name(),
              ShownNumber.of("%3.0f %%", 100 * layer.saturatedShare()),
              ShownNumber.of("%3.0f %%", 100 * beside.saturatedShare()),
              layer.activationLog10(),
              layer.weightsLog10(),
              layer.rmsLog10(),
              layer.typicalLog10(),
              beside.factors()));
      addMeasured(rows, layer.inside(), beside.inside(), indent + INDENT, all);
    }
  }

  private static List<String> row(
      boolean all,
      String name,
      String saturated,
      String measuredSaturated,
      double activation,
      double weights,
      double rms,
      double typical,
      MeasuredFactors measured) {
    return beside(
        all,
        name,
        saturated,
        measuredSaturated,
        AgreementText.signed(activation),
        AgreementText.plusMinus(measured.activation()),
        AgreementText.signed(weights),
        AgreementText.plusMinus(measured.weights()),
        AgreementText.signed(rms),
        AgreementText.plusMinus(measured.rms()),
        AgreementText.signed(typical),
        AgreementText.plusMinus(measured.typical()));
  }
}
