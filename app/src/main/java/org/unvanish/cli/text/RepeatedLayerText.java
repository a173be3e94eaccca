package org.unvanish.cli.text;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.unvanish.codec.yaml.Numbers;
import org.unvanish.comparison.ShownNumber;
import org.unvanish.examination.AgreementText;
import org.unvanish.examination.RepeatedLayer;
import org.unvanish.examination.RepeatedLayerWords;
import org.unvanish.meanfield.FixedPoint;
import org.unvanish.text.Style;
import org.unvanish.text.StyledText;
import org.unvanish.text.TextTable;

/** A repeated layer for a reader at a terminal. */
public final class RepeatedLayerText {

  private RepeatedLayerText() {}

  /** The conclusion, the fixed point with its depth scales, and what is kept over the depth. */
  public static StyledText of(RepeatedLayer layer, int width) {
    List<String> sentences = RepeatedLayerWords.sentences(layer);
    return new StyledText()
        .paragraph(
            "%s, σ_w = %s, σ_b = %s, α = %s, layer after layer"
                .formatted(
                    layer.function().label(),
                    Numbers.text(layer.sigmaW()),
                    Numbers.text(layer.sigmaB()),
                    Numbers.text(layer.alpha())),
            width)
        .blank()
        .paragraph(sentences.get(0), width, Style.STRONG)
        .paragraph(String.join(" ", sentences.subList(1, sentences.size())), width)
        .blank()
        .add(TextTable.of(quantities(layer), width))
        .add(kept(layer, width));
  }

  private static List<List<String>> quantities(RepeatedLayer layer) {
    FixedPoint fixed = layer.fixedPoint();
    return List.of(
        List.of("quantity", "symbol", "value"),
        row("variance of the pre-activations", "q*", fixed.q()),
        row("factor of the gradient's energy", "χ₁", fixed.factor()),
        row("correlation of two inputs", "c*", fixed.correlation()),
        row("depth scale of the variance, in layers", "ξ_q", fixed.varianceScale()),
        row("depth scale of the correlation, in layers", "ξ_c", fixed.correlationScale()),
        row("depth scale of the gradient, in layers", "ξ_∇", fixed.gradientScale()),
        row("critical σ_w with these biases and this α", "", layer.criticalSigmaW()),
        row("critical scale", "α_c", layer.criticalAlpha()));
  }

  private static List<String> row(String quantity, String symbol, double value) {
    return List.of(quantity, symbol, ShownNumber.of("%.6g", value).replace('-', '−'));
  }

  private static List<String> row(String quantity, String symbol, OptionalDouble value) {
    return value.isPresent()
        ? row(quantity, symbol, value.getAsDouble())
        : List.of(quantity, symbol, "none");
  }

  private static StyledText kept(RepeatedLayer layer, int width) {
    if (layer.depth().isEmpty()) {
      return new StyledText();
    }
    boolean typical = layer.width().isPresent();
    List<List<String>> rows = new ArrayList<>();
    rows.add(typical ? List.of("α", "rms", "typical", "spread") : List.of("α", "rms"));
    for (RepeatedLayer.Kept kept : layer.kept()) {
      List<String> row =
          List.of(
              Numbers.text(kept.alpha()),
              AgreementText.signed(kept.rmsLog10()),
              AgreementText.signed(kept.typicalLog10()),
              ShownNumber.of("%.2f", kept.spreadLog10()));
      rows.add(row.subList(0, rows.get(0).size()));
    }
    return new StyledText()
        .blank()
        .paragraph(
            "What %d layers%s do to the gradient, for inputs of mean square 1, as log₁₀:"
                .formatted(
                    layer.depth().getAsInt(),
                    typical ? " of %d units".formatted(layer.width().getAsInt()) : ""),
            width)
        .add(TextTable.of(rows, width));
  }
}
