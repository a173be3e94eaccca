package org.unvanish.examination;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.unvanish.activation.Activation;
import org.unvanish.examination.MeasuredSeeds.MeasuredFactors;
import org.unvanish.examination.MeasuredSeeds.MeasuredLayer;
import org.unvanish.forecast.Forecast;
import org.unvanish.forecast.LayerForecast;
import org.unvanish.meanfield.Phase;
import org.unvanish.statistics.MeanDeviation;

/**
 * The forecast of an arm for programs, as {@code forecast.schema.json} says, to be written by
 * Jackson. Null stands for a number that theory does not have, or that is not finite.
 *
 * @param measured at the initial weights of some seeds, or null
 */
@JsonNaming(SnakeCaseStrategy.class)
public record ForecastJson(
    String kind,
    String experiment,
    String arm,
    String data,
    double inputRms,
    String sentence,
    String advice,
    @Nullable Double rmsLog10,
    @Nullable Double typicalLog10,
    @Nullable Double spreadLog10,
    @Nullable String phase,
    @Nullable Double gradientFactor,
    @Nullable Double gradientScale,
    @Nullable Double alpha,
    @Nullable Double alphaGainLog10,
    @Nullable Double criticalAlpha,
    List<Layer> layers,
    @Nullable Measured measured) {

  /** The {@code layer} of the schema. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Layer(
      String name,
      @Nullable String activation,
      @Nullable String function,
      @Nullable Double inner,
      @Nullable Double sigmaW,
      @Nullable Double sigmaB,
      @Nullable Double variance,
      @Nullable Double saturatedShare,
      @Nullable Double activationLog10,
      @Nullable Double weightsLog10,
      @Nullable Double paddingLog10,
      @Nullable Double rmsLog10,
      @Nullable Double typicalLog10,
      @Nullable Double spreadLog10,
      @Nullable Double criticalFactor,
      List<String> notForecast,
      List<String> approximated,
      List<Layer> inside) {

    private static List<Layer> all(List<LayerForecast> layers) {
      return layers.stream().map(Layer::of).toList();
    }

    private static Layer of(LayerForecast layer) {
      return new Layer(
          layer.name(),
          layer.activation().map(Activation::toString).orElse(null),
          layer.activation().map(activation -> activation.function().label()).orElse(null),
          layer.activation().map(Activation::inner).orElse(null),
          SnapshotJson.number(layer.sigmaW()),
          SnapshotJson.number(layer.sigmaB()),
          SnapshotJson.number(layer.variance()),
          SnapshotJson.number(layer.saturatedShare()),
          SnapshotJson.number(layer.activationLog10()),
          SnapshotJson.number(layer.weightsLog10()),
          SnapshotJson.number(layer.paddingLog10()),
          SnapshotJson.number(layer.rmsLog10()),
          SnapshotJson.number(layer.typicalLog10()),
          SnapshotJson.number(layer.spreadLog10()),
          SnapshotJson.number(layer.criticalFactor()),
          layer.notForecast(),
          layer.approximated(),
          all(layer.inside()));
    }

    /** Copies the lists. */
    public Layer {
      notForecast = List.copyOf(notForecast);
      approximated = List.copyOf(approximated);
      inside = List.copyOf(inside);
    }
  }

  /** The {@code measured} of the schema. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Measured(
      int seeds,
      int batches,
      int batchSize,
      String agreement,
      String sentence,
      Factors factors,
      List<OfLayer> layers) {

    private static Measured of(Forecast forecast, MeasuredSeeds measured) {
      return new Measured(
          measured.seeds(),
          measured.batches(),
          measured.batchSize(),
          Agreement.of(forecast, measured).label(),
          AgreementText.of(forecast, measured),
          Factors.of(measured.all()),
          OfLayer.all(measured.layers()));
    }

    /** Copies the list. */
    public Measured {
      layers = List.copyOf(layers);
    }
  }

  /** The {@code measured_layer} of the schema. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record OfLayer(
      String name, @Nullable Double saturatedShare, Factors factors, List<OfLayer> inside) {

    private static List<OfLayer> all(List<MeasuredLayer> layers) {
      return layers.stream()
          .map(
              layer ->
                  new OfLayer(
                      layer.name(),
                      SnapshotJson.number(layer.saturatedShare()),
                      Factors.of(layer.factors()),
                      all(layer.inside())))
          .toList();
    }

    /** Copies the list. */
    public OfLayer {
      inside = List.copyOf(inside);
    }
  }

  /** The {@code measured_factors} of the schema. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Factors(
      OverSeeds activationLog10,
      OverSeeds weightsLog10,
      OverSeeds rmsLog10,
      OverSeeds typicalLog10,
      @Nullable Double rmsOfSeedsLog10) {
    private static Factors of(MeasuredFactors factors) {
      return new Factors(
          OverSeeds.of(factors.activation()),
          OverSeeds.of(factors.weights()),
          OverSeeds.of(factors.rms()),
          OverSeeds.of(factors.typical()),
          SnapshotJson.number(factors.rootMeanSquare()));
    }
  }

  /** The {@code over_seeds} of the schema. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record OverSeeds(
      @Nullable Double mean, @Nullable Double standardDeviation, int finiteSeeds) {
    private static OverSeeds of(MeanDeviation over) {
      return new OverSeeds(
          SnapshotJson.number(over.mean()), SnapshotJson.number(over.deviation()), over.n());
    }
  }

  /** Copies the list. */
  public ForecastJson {
    layers = List.copyOf(layers);
  }

  /** The JSON Schema of {@link #of}, and of {@link RepeatedLayerJson}. */
  public static String schema() {
    try (@Nullable InputStream in =
        ForecastJson.class.getResourceAsStream("forecast.schema.json")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The whole object. */
  public static ForecastJson of(ArmForecast found) {
    Forecast forecast = found.forecast();
    return new ForecastJson(
        "arm",
        found.experiment(),
        found.arm().name(),
        found.data().name(),
        Math.sqrt(forecast.inputs().meanSquare()),
        found.sentence(),
        found.advice(),
        SnapshotJson.number(forecast.rmsLog10()),
        SnapshotJson.number(forecast.typicalLog10()),
        SnapshotJson.number(forecast.spreadLog10()),
        forecast.phase().map(Phase::label).orElse(null),
        SnapshotJson.number(forecast.gradientFactor()),
        SnapshotJson.number(forecast.gradientScale()),
        forecast.alpha().isPresent() ? (Double) forecast.alpha().getAsDouble() : null,
        SnapshotJson.number(forecast.alphaGainLog10()),
        forecast.criticalAlpha().isPresent()
            ? (Double) forecast.criticalAlpha().getAsDouble()
            : null,
        Layer.all(forecast.layers()),
        found.measured().map(measured -> Measured.of(forecast, measured)).orElse(null));
  }
}
