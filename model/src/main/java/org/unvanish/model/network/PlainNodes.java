package org.unvanish.model.network;

import java.util.Arrays;
import java.util.List;
import org.unvanish.model.graph.Node;
import org.unvanish.model.graph.Tensor;
import org.unvanish.network.Activated;
import org.unvanish.network.Dropout;
import org.unvanish.network.Embedding;
import org.unvanish.network.Layer;
import org.unvanish.network.Softmax;

/** Layers that leave values where they are, and the one that looks them up. */
final class PlainNodes {

  private static final double USUAL_RATIO = 0.5;

  private PlainNodes() {}

  static Converted activation(Site site) {
    return plain(site, new Activated(site.layer().activation().orElseThrow()));
  }

  static Converted dropout(Site site) {
    Node node = site.only();
    double ratio =
        site.given(node, 1)
            .map(tensor -> tensor.value(0))
            .orElseGet(() -> node.attributes().number("ratio", USUAL_RATIO));
    return plain(site, new Dropout(Double.parseDouble(Float.toString((float) ratio))));
  }

  static Converted softmax(Site site) {
    Node node = site.only();
    Tensor places = site.input().numbers();
    int axis = places.axis(node.attributes().integer("axis", -1));
    if (places.extent(axis) != site.shape().size()) {
      throw site.refused("it is taken of each step or place by itself");
    }
    return plain(site, new Softmax());
  }

  private static Converted plain(Site site, Layer layer) {
    return new Converted(layer, List.of(), site.input().numbers());
  }

  /** A table of which one number of a sample chooses a row. */
  static Converted embedding(Site site) {
    Node node = site.only();
    Tensor table = site.need(node, 0);
    if (table.rank() != 2
        || node.attributes().integer("axis", 0) != 0
        || site.shape().size() != 1) {
      throw site.refused(
          "its table is read by several numbers of a sample, but an embedding of the engine reads one column");
    }
    int size = table.extent(1);
    int[] before = site.input().numbers().shape();
    int[] extents = Arrays.copyOf(before, before.length + 1);
    extents[before.length] = size;
    return new Converted(
        new Embedding(0, table.extent(0), size), List.of(table.values()), Places.inOrder(extents));
  }
}
