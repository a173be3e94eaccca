package org.unvanish.cli.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.unvanish.comparison.ShownNumber;
import org.unvanish.comparison.TextTable;
import org.unvanish.examination.AgreementText;
import org.unvanish.examination.ArmForecast;
import org.unvanish.examination.MeasuredSeeds;
import org.unvanish.examination.MeasuredSeeds.MeasuredFactors;
import org.unvanish.examination.MeasuredSeeds.MeasuredLayer;
import org.unvanish.forecast.Forecast;
import org.unvanish.forecast.LayerForecast;

/** The forecast of an arm for a reader at a terminal. */
public final class ArmForecastText {

  private static final String INDENT = "  ";

  private final ArmForecast found;
  private final Forecast forecast;

  /** Of a forecast. */
  public ArmForecastText(ArmForecast found) {
    this.found = found;
    this.forecast = found.forecast();
  }

  /** The conclusion, the advice, the layers with totals, and what was measured beside them. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s, arm “%s”, on %s\n\n"
            .formatted(found.experiment(), found.arm().name(), found.data().title()));
    text.append(DiagnosisText.wrapped(found.sentence()));
    text.append(DiagnosisText.wrapped(found.advice()));
    found
        .measured()
        .ifPresent(
            measured -> text.append(DiagnosisText.wrapped(AgreementText.of(forecast, measured))));
    text.append(
        "\nForecast layer by layer, from the last to the first, as log₁₀ (−1: a tenth is left):\n");
    text.append(forecastTable());
    text.append(notes());
    found.measured().ifPresent(measured -> text.append(measuredText(measured)));
    return text.toString();
  }

  private String forecastTable() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
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
    addForecast(rows, forecast.layers(), "");
    rows.add(
        List.of(
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
    return TextTable.of(rows);
  }

  private String sum(Function<LayerForecast, Double> part) {
    return AgreementText.signed(forecast.layers().stream().mapToDouble(part::apply).sum());
  }

  private static void addForecast(
      List<List<String>> rows, List<LayerForecast> layers, String indent) {
    for (int i = layers.size() - 1; i >= 0; i--) {
      LayerForecast layer = layers.get(i);
      rows.add(
          List.of(
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
      addForecast(rows, layer.inside(), indent + INDENT);
    }
  }

  /** What is missing or only nearly so, each sentence once, with the layers that it is about. */
  private String notes() {
    Map<String, Set<String>> notes = new LinkedHashMap<>();
    collect(forecast.layers(), notes);
    StringBuilder text = new StringBuilder();
    notes.forEach(
        (sentence, layers) ->
            text.append(DiagnosisText.wrapped(String.join(", ", layers) + ": " + sentence)));
    return text.toString();
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

  private String measuredText(MeasuredSeeds measured) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
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
    addMeasured(rows, forecast.layers(), measured.layers(), "");
    rows.add(
        row(
            "all",
            "",
            "",
            forecast.layers().stream().mapToDouble(LayerForecast::activationLog10).sum(),
            forecast.layers().stream().mapToDouble(LayerForecast::weightsLog10).sum(),
            forecast.rmsLog10(),
            forecast.typicalLog10(),
            measured.all()));
    return ("\nForecast and measurement: mean ± standard deviation over %d seeds, each with %d"
                + " mini-batches of %d samples:\n")
            .formatted(measured.seeds(), measured.batches(), measured.batchSize())
        + TextTable.of(rows);
  }

  /** Layers of forecast and measurement are the same, in the same order. */
  private static void addMeasured(
      List<List<String>> rows,
      List<LayerForecast> layers,
      List<MeasuredLayer> measured,
      String indent) {
    for (int i = layers.size() - 1; i >= 0; i--) {
      LayerForecast layer = layers.get(i);
      MeasuredLayer beside = measured.get(i);
      rows.add(
          row(
              indent + layer.name(),
              ShownNumber.of("%3.0f %%", 100 * layer.saturatedShare()),
              ShownNumber.of("%3.0f %%", 100 * beside.saturatedShare()),
              layer.activationLog10(),
              layer.weightsLog10(),
              layer.rmsLog10(),
              layer.typicalLog10(),
              beside.factors()));
      addMeasured(rows, layer.inside(), beside.inside(), indent + INDENT);
    }
  }

  private static List<String> row(
      String name,
      String saturated,
      String measuredSaturated,
      double activation,
      double weights,
      double rms,
      double typical,
      MeasuredFactors measured) {
    return List.of(
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
