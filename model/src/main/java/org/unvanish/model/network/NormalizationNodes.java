package org.unvanish.model.network;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.unvanish.model.graph.Attributes;
import org.unvanish.model.graph.Node;
import org.unvanish.model.graph.Tensor;
import org.unvanish.network.Normalization;
import org.unvanish.network.Normalization.BatchNormalization;
import org.unvanish.network.Normalization.GroupNormalization;
import org.unvanish.network.Normalization.LayerNormalization;

/** Normalizations by the batch, by all values of a sample and by each of its channels. */
final class NormalizationNodes {

  private static final double USUAL_EPSILON = 1e-5;
  private static final double USUAL_MOMENTUM = 0.9;

  private NormalizationNodes() {}

  static Converted convert(Site site) {
    Node node = site.only();
    Attributes attributes = node.attributes();
    double epsilon = decimal(attributes.number("epsilon", USUAL_EPSILON)).doubleValue();
    return switch (node.operator()) {
      case "BatchNormalization" ->
          byChannel(
              site,
              new BatchNormalization(
                  epsilon,
                  // ONNX has how much of the old is kept.
                  BigDecimal.ONE
                      .subtract(decimal(attributes.number("momentum", USUAL_MOMENTUM)))
                      .doubleValue()),
              4);
      case "InstanceNormalization" ->
          byChannel(site, new GroupNormalization(site.shape().channels(), epsilon), 2);
      default -> ofSample(site, new LayerNormalization(epsilon));
    };
  }

  /** Files have such numbers in single precision; people wrote them in decimal. */
  private static BigDecimal decimal(double number) {
    return new BigDecimal(Float.toString((float) number));
  }

  private static Converted byChannel(Site site, Normalization layer, int tensors) {
    int[] channels = site.channels();
    List<double[]> parameters = new ArrayList<>();
    for (int i = 1; i <= tensors; i++) {
      Tensor given = site.need(site.first(), i);
      double[] values = new double[channels.length];
      for (int k = 0; k < channels.length; k++) {
        values[channels[k]] = given.value(k);
      }
      parameters.add(values);
    }
    return new Converted(layer, parameters, site.input().numbers());
  }

  private static Converted ofSample(Site site, Normalization layer) {
    Tensor places = site.input().numbers();
    int axis = places.axis(site.first().attributes().integer("axis", -1));
    int together = 1;
    for (int i = axis; i < places.rank(); i++) {
      together *= places.extent(i);
    }
    Tensor gamma = site.need(site.first(), 1);
    if (together != site.shape().size() || gamma.size() != together) {
      throw site.refused(
          "it normalizes each step or place by itself, but the engine's layer all values of a sample");
    }
    double[] factors = new double[together];
    double[] shifts = new double[together];
    double[] beta = site.given(site.first(), 2).map(Tensor::values).orElse(new double[together]);
    for (int i = 0; i < together; i++) {
      factors[site.input().at(i)] = gamma.value(i);
      shifts[site.input().at(i)] = beta[i];
    }
    return new Converted(layer, Arrays.asList(factors, shifts), places);
  }
}
