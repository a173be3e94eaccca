package org.unvanish.train;

import java.util.ArrayList;
import java.util.List;
import org.unvanish.network.Layer.Role;
import org.unvanish.network.Network;
import org.unvanish.network.NetworkPart;

/**
 * How large the outputs of a network's layers are, over the first {@value #SAMPLES} test samples.
 *
 * <p>Here a layer is one with weights, or any block, with what follows it. Its output is taken
 * after its last activation function; without one, before anything that follows it.
 */
public final class OutputSizes {

  /** Enough for a root mean square, and little beside an epoch's work. */
  public static final int SAMPLES = 64;

  /** By the place of each layer; empty where another layer has its output. */
  private final List<String> names = new ArrayList<>();

  private final double[] squares;
  private final long[] counts;

  /** Of a network's layers, of which each has a place: in their order, a block after its layers. */
  public OutputSizes(Network network) {
    name(NetworkPart.of(network));
    squares = new double[names.size()];
    counts = new long[names.size()];
  }

  private void name(List<NetworkPart> parts) {
    int measured = -1;
    for (NetworkPart part : parts) {
      name(part.inside());
      Role role = part.layer().role();
      boolean begins = role == Role.WEIGHTS || role == Role.BLOCK;
      String name = "";
      if (begins) {
        name = part.name();
      } else if (role == Role.ACTIVATION && measured >= 0) {
        name = names.set(measured, "");
      }
      measured = name.isEmpty() ? measured : names.size();
      names.add(name);
    }
  }

  /** Whether the output at a place counts. */
  public boolean measures(int place) {
    return !names.get(place).isEmpty();
  }

  /**
   * Adds what a layer puts out for some samples.
   *
   * @param place of the layer
   * @param sum of the squares of all values
   * @param count of values
   */
  public void add(int place, double sum, long count) {
    squares[place] += sum;
    counts[place] += count;
  }

  /** The sizes, in the order of the places; what was measured is forgotten. */
  public List<ValueSize> finish() {
    List<ValueSize> sizes = new ArrayList<>();
    for (int i = 0; i < squares.length; i++) {
      if (measures(i)) {
        double rms = Math.sqrt(squares[i] / counts[i]);
        sizes.add(new ValueSize(ValueSize.Kind.ACTIVATION, names.get(i), rms));
      }
      squares[i] = 0;
      counts[i] = 0;
    }
    return sizes;
  }
}
