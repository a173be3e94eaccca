package org.unvanish.model.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.unvanish.model.graph.Node;
import org.unvanish.model.graph.Tensor;
import org.unvanish.network.Dense;

/** Products with a matrix, with or without an added bias, as dense layers. */
final class DenseNodes {

  private DenseNodes() {}

  static Converted convert(Site site) {
    Node product = site.first();
    boolean gemm = product.operator().equals("Gemm");
    Tensor matrix = site.need(product, 1);
    if (matrix.rank() != 2 || product.attributes().flag("transA", false)) {
      throw site.refused("it is a product of other factors than values and a matrix");
    }
    if (!site.input().areFlat()) {
      throw site.refused(
          "it is applied to each step or place by itself, but a dense layer of the engine reads all");
    }
    boolean transposed = gemm && product.attributes().flag("transB", false);
    int inputs = matrix.extent(transposed ? 1 : 0);
    int units = matrix.extent(transposed ? 0 : 1);
    double factor = gemm ? product.attributes().number("alpha", 1) : 1;
    double[] weights = new double[matrix.size()];
    for (int unit = 0; unit < units; unit++) {
      for (int k = 0; k < inputs; k++) {
        int from = transposed ? unit * inputs + k : k * units + unit;
        weights[unit * inputs + site.input().at(k)] = factor * matrix.value(from);
      }
    }
    List<double[]> parameters = new ArrayList<>(List.of(weights));
    bias(site, units).ifPresent(parameters::add);
    int[] extents = site.input().numbers().shape();
    extents[extents.length - 1] = units;
    return new Converted(
        new Dense(units, parameters.size() > 1), parameters, Places.inOrder(extents));
  }

  private static Optional<double[]> bias(Site site, int units) {
    Node product = site.first();
    if (product.operator().equals("Gemm") && site.given(product, 2).isPresent()) {
      site.only();
      double factor = product.attributes().number("beta", 1);
      double[] bias = spread(site, site.need(product, 2), units, 0);
      return Optional.of(Arrays.stream(bias).map(value -> factor * value).toArray());
    }
    return added(site, units, 0);
  }

  /**
   * What an {@code Add} behind weights adds.
   *
   * @param behind how many axes stand behind that of the units
   */
  static Optional<double[]> added(Site site, int units, int behind) {
    if (site.nodes().size() == 1) {
      return Optional.empty();
    }
    Node add = site.nodes().get(1);
    int constant = add.inputs().get(0).equals(site.first().outputs().get(0)) ? 1 : 0;
    if (site.nodes().size() > 2 || !add.operator().equals("Add")) {
      site.only();
    }
    return Optional.of(spread(site, site.need(add, constant), units, behind));
  }

  /** A number for each unit, which lie along an axis with some behind it. */
  private static double[] spread(Site site, Tensor bias, int units, int behind) {
    int axis = bias.rank() - 1 - behind;
    boolean one = bias.size() == 1;
    if (!one && (axis < 0 || bias.extent(axis) != bias.size() || bias.size() != units)) {
      throw site.refused("what is added is no bias with a number for each unit");
    }
    double[] all = new double[units];
    Arrays.setAll(all, unit -> bias.value(one ? 0 : unit));
    return all;
  }
}
