package org.unvanish.examination;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.unvanish.forecast.Forecast;
import org.unvanish.forecast.LayerForecast;

/**
 * The {@code forecast} of {@code diagnosis.schema.json}. Null stands for a number that is not
 * finite, as in {@link SnapshotJson}.
 *
 * @param rmsLog10 of the root mean square over networks and samples
 * @param typicalLog10 of the typical sample in a typical network
 * @param spreadLog10 standard deviation of that over networks
 * @param alphaGainLog10 what a larger α can gain at most; null where no bound is known
 * @param criticalAlpha with biases, the α that keeps the gradient; null where there is none
 * @param layers the root mean square of each layer, first to last
 */
@JsonNaming(SnakeCaseStrategy.class)
public record SnapshotForecastJson(
    @Nullable Double rmsLog10,
    @Nullable Double typicalLog10,
    @Nullable Double spreadLog10,
    @Nullable Double alphaGainLog10,
    @Nullable Double criticalAlpha,
    List<Layer> layers) {

  /** A layer of a forecast. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Layer(
      String name,
      @Nullable Double activationLog10,
      @Nullable Double weightsLog10,
      @Nullable Double rmsLog10,
      @Nullable Double typicalLog10) {
    private static Layer of(LayerForecast layer) {
      return new Layer(
          layer.name(),
          SnapshotJson.number(layer.activationLog10()),
          SnapshotJson.number(layer.weightsLog10()),
          SnapshotJson.number(layer.rmsLog10()),
          SnapshotJson.number(layer.typicalLog10()));
    }
  }

  /** Copies the list. */
  public SnapshotForecastJson {
    layers = List.copyOf(layers);
  }

  static SnapshotForecastJson of(Forecast forecast) {
    return new SnapshotForecastJson(
        SnapshotJson.number(forecast.rmsLog10()),
        SnapshotJson.number(forecast.typicalLog10()),
        SnapshotJson.number(forecast.spreadLog10()),
        SnapshotJson.number(forecast.alphaGainLog10()),
        forecast.criticalAlpha().isPresent()
            ? (Double) forecast.criticalAlpha().getAsDouble()
            : null,
        forecast.layers().stream().map(Layer::of).toList());
  }
}
