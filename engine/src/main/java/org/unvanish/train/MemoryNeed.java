package org.unvanish.train;

import java.util.List;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Pixels;
import org.unvanish.data.Shape;
import org.unvanish.internal.kernel.Lanes;
import org.unvanish.internal.stage.LaneNetwork;
import org.unvanish.network.Activated;
import org.unvanish.network.Convolutional;
import org.unvanish.network.Dense;
import org.unvanish.network.Embedding;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.Recurrent;

/**
 * The memory that a run on the engine takes at least, counted before it is allocated: if that does
 * not fit, the run does not fit.
 */
public final class MemoryNeed {

  /** Parameters, those before a measured step, the data gradient and the penalty gradient. */
  private static final int ARRAYS = 4;

  private MemoryNeed() {}

  /**
   * What one run takes beside the data, in bytes.
   *
   * @param samples how many there are for training
   */
  public static long ofRun(Network network, TrainingSettings settings, int samples) {
    boolean penalised = !settings.penalty().isNone();
    long moments = settings.optimizer().momentsPerParameter();
    // The checkpoint after an epoch has parameters and moments of its own.
    long perParameter = ARRAYS + (penalised ? 1 : 0) + moments + 1 + moments;
    long floats = perParameter * network.parameterCount();
    for (int i = 0; i < network.layers().size(); i++) {
      int copies = copies(network.layers().get(i));
      for (ParameterTensor tensor : network.parameters(i)) {
        boolean weights =
            tensor.kind() == ParameterTensor.Kind.WEIGHTS
                || tensor.kind() == ParameterTensor.Kind.RECURRENT;
        floats += weights ? copies * tensor.size() : 0;
      }
    }
    int kept = LaneNetwork.kept(network, Lanes.blocks(Math.min(settings.batchSize(), samples)));
    return Float.BYTES * (floats + kept * laneFloats(network));
  }

  /**
   * The sums of the weights' gradients, and the copies of weights that a kernel has at least. A
   * dense layer may gather its gradient in that of the run.
   */
  private static int copies(Layer layer) {
    if (layer instanceof Dense) {
      return 0;
    }
    if (layer instanceof Convolutional) {
      return 3;
    }
    return layer instanceof Embedding ? 2 : 1;
  }

  /**
   * Values and gradients of a block of samples, of which a batch may keep several; an activation's
   * may be those of its input.
   */
  private static long laneFloats(Network network) {
    long values = network.input().size() + outputs(network.layers(), network.input());
    return Lanes.COUNT * (2 * values + steps(network.layers(), network.input()));
  }

  /** What recurrent layers keep of all steps of a sample. */
  private static long steps(List<Layer> layers, Shape input) {
    long values = 0;
    Shape reached = input;
    for (Layer layer : layers) {
      if (layer instanceof Recurrent recurrent) {
        values += (long) recurrent.valuesOfStep() * recurrent.outputs() * reached.rows();
        values += (long) recurrent.directions() * reached.size();
      }
      values += steps(layer.layers(), reached);
      reached = layer.output(reached);
    }
    return values;
  }

  private static long outputs(List<Layer> layers, Shape input) {
    long values = 0;
    Shape reached = input;
    for (Layer layer : layers) {
      Shape output = layer.output(reached);
      values += layer instanceof Activated ? 0 : output.size();
      values += outputs(layer.layers(), reached);
      reached = output;
    }
    return values;
  }

  /** What data take while they are in memory, in bytes. */
  public static long ofData(Dataset data) {
    return bytes(data.train()) + bytes(data.test());
  }

  private static long bytes(ImageSet samples) {
    long each = samples.pixels() instanceof Pixels.Floats ? Float.BYTES : 1;
    return each * samples.pixels().length() + samples.targets().bytes();
  }
}
