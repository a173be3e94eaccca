package org.unvanish.examination;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.unvanish.meanfield.FixedPoint;

/** A {@link RepeatedLayer} for programs, as {@code forecast.schema.json} says. */
@JsonNaming(SnakeCaseStrategy.class)
public record RepeatedLayerJson(
    String kind,
    String function,
    double sigmaW,
    double sigmaB,
    double alpha,
    @Nullable Integer width,
    @Nullable Integer depth,
    String sentence,
    String phase,
    @Nullable Double variance,
    @Nullable Double gradientFactor,
    @Nullable Double correlation,
    @Nullable Double varianceScale,
    @Nullable Double correlationScale,
    @Nullable Double gradientScale,
    @Nullable Double criticalSigmaW,
    @Nullable Double criticalAlpha,
    @Nullable List<Kept> kept) {

  /** The {@code kept} of the schema. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Kept(
      double alpha,
      @Nullable Double rmsLog10,
      @Nullable Double typicalLog10,
      @Nullable Double spreadLog10) {
    private static Kept of(RepeatedLayer.Kept kept) {
      return new Kept(
          kept.alpha(),
          SnapshotJson.number(kept.rmsLog10()),
          SnapshotJson.number(kept.typicalLog10()),
          SnapshotJson.number(kept.spreadLog10()));
    }
  }

  /** Copies the list. */
  public RepeatedLayerJson {
    kept = kept == null ? null : List.copyOf(kept);
  }

  /** The whole object. */
  public static RepeatedLayerJson of(RepeatedLayer layer) {
    FixedPoint fixed = layer.fixedPoint();
    return new RepeatedLayerJson(
        "repeated-layer",
        layer.function().label(),
        layer.sigmaW(),
        layer.sigmaB(),
        layer.alpha(),
        number(layer.width()),
        number(layer.depth()),
        RepeatedLayerWords.sentence(layer),
        fixed.phase().label(),
        SnapshotJson.number(fixed.q()),
        SnapshotJson.number(fixed.factor()),
        SnapshotJson.number(fixed.correlation()),
        SnapshotJson.number(fixed.varianceScale()),
        SnapshotJson.number(fixed.correlationScale()),
        SnapshotJson.number(fixed.gradientScale()),
        number(layer.criticalSigmaW()),
        number(layer.criticalAlpha()),
        layer.depth().isPresent() ? layer.kept().stream().map(Kept::of).toList() : null);
  }

  private static @Nullable Integer number(OptionalInt value) {
    return value.isPresent() ? (Integer) value.getAsInt() : null;
  }

  private static @Nullable Double number(OptionalDouble value) {
    return value.isPresent() ? (Double) value.getAsDouble() : null;
  }
}
