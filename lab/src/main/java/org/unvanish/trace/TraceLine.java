package org.unvanish.trace;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What stands in the lines of a trace, as {@code trace.schema.json} says. */
final class TraceLine {

  /** The version of the format that is read. */
  static final int VERSION = 1;

  private static final Set<String> RECURRENT =
      Set.of("RNN", "LSTM", "GRU", "SimpleRNN", "Bidirectional", "ConvLSTM1D", "ConvLSTM2D");

  private TraceLine() {}

  /**
   * The first line, and where a training begins anew.
   *
   * @param trace version of the format
   * @param framework name and version of what trains
   * @param model its class
   * @param layers in the order in which they are computed
   */
  record Header(int trace, String framework, String model, List<Layer> layers) {
    Header {
      layers = whole(layers, "layers");
      text(framework, "framework");
      text(model, "model");
    }
  }

  /**
   * A module without children.
   *
   * @param name where it stands in the model
   * @param kind its class
   * @param function Unvanish's name of the activation function that it is; null if it is none that
   *     is known
   * @param alpha the scale α of α·f(z/α)
   * @param tensors that are trained, weights first
   */
  record Layer(
      String name, String kind, @Nullable String function, double alpha, List<Tensor> tensors) {
    Layer {
      text(name, "name");
      text(kind, "kind");
      tensors = whole(tensors, "tensors");
      require(alpha > 0 && alpha < 1e30, "\"alpha\" is %s, but must be above 0", alpha);
    }

    /** Whether it has steps, which a trace does not have: those of PyTorch and of Keras. */
    boolean isRecurrent() {
      return RECURRENT.contains(kind);
    }
  }

  /**
   * A trained tensor.
   *
   * @param axes how many it has; weights have more than one
   * @param fanIn inputs that reach one output
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record Tensor(String name, int size, int axes, double fanIn) {
    Tensor {
      text(name, "name");
      require(size > 0, "\"size\" is %d, but must be above 0", size);
      require(fanIn >= 0 && fanIn < 1e30, "\"fan_in\" is %s, but must not be negative", fanIn);
    }
  }

  /**
   * One measured snapshot.
   *
   * @param step steps done before
   * @param epsilon of Adam; null for other optimizers
   * @param tensors by their names, before the first of the mini-batches
   * @param batches that were measured
   */
  record Snapshot(
      long step, @Nullable Double epsilon, Map<String, State> tensors, List<Batch> batches) {
    Snapshot {
      require(step >= 0, "\"step\" is %d, but must not be negative", step);
      whole(present(tensors, "tensors").values(), "tensors");
      tensors = Map.copyOf(tensors);
      batches = whole(batches, "batches");
      require(!batches.isEmpty(), "\"batches\" is empty");
    }
  }

  /**
   * A tensor's parameters; null stands for what is not finite.
   *
   * @param penalty log₁₀ of the root mean square of the penalty's gradient
   * @param update log₁₀ of a step's change ÷ the parameters
   */
  record State(
      @Nullable Double rms,
      @Nullable Double mean,
      @Nullable Double change,
      @Nullable Double penalty,
      @Nullable Double update) {}

  /**
   * A mini-batch.
   *
   * @param unit by which a recorded gradient is to be multiplied to be that of each sample's own
   *     loss
   * @param error root mean square of the recorded gradient with respect to the outputs
   * @param outputs root mean square of the outputs
   * @param input root mean square of what the model reads
   * @param labels the classes; null if the targets are none
   * @param predicted the classes with the largest outputs
   * @param entropy the softmax cross-entropy of outputs and labels
   */
  record Batch(
      int samples,
      @Nullable Double loss,
      double unit,
      @Nullable Double error,
      @Nullable Double outputs,
      @Nullable Double input,
      List<Sizes> layers,
      @Nullable List<Integer> labels,
      @Nullable List<Integer> predicted,
      @Nullable Double entropy) {
    Batch {
      require(samples > 0, "\"samples\" is %d, but must be above 0", samples);
      require(unit > 0 && unit < 1e300, "\"unit\" is %s, but must be above 0", unit);
      layers = whole(layers, "layers");
      whole(labels == null ? List.of() : labels, "labels");
      whole(predicted == null ? List.of() : predicted, "predicted");
      require(
          labels == null || (predicted != null && labels.size() == predicted.size()),
          "\"labels\" and \"predicted\" are not as many");
    }
  }

  /**
   * A layer in a mini-batch. Lists of sizes have the root mean square of all values, then the root
   * of each sample's sum of squares, as log₁₀; null for zero.
   *
   * @param count values that it puts out
   * @param arriving the gradient at its output
   * @param test a random one in its place, where nothing arrives
   * @param leaving what the layer alone has made of that at its input; null where it is what
   *     arrives at the layer before
   * @param tensors root mean squares of the gradients of its tensors, as log₁₀
   * @param input root mean square of what it reads
   * @param total pre-activations that were counted; null if it is no activation function
   * @param beyond how many of them lie at ¼, ½, 1, 2 and 4 times the saturation point or beyond
   * @param distance their root mean square, as a multiple of the saturation point; null where they
   *     are not finite
   * @param units of relu
   * @param dead those of them whose f′ is 0 for all samples
   */
  record Sizes(
      long count,
      List<@Nullable Double> arriving,
      @Nullable List<@Nullable Double> test,
      @Nullable List<@Nullable Double> leaving,
      List<@Nullable Double> tensors,
      @Nullable Double input,
      @Nullable Long total,
      @Nullable List<Long> beyond,
      @Nullable Double distance,
      @Nullable Integer units,
      @Nullable List<Integer> dead) {
    Sizes {
      require(count > 0, "\"count\" is %d, but must be above 0", count);
      whole(beyond == null ? List.of() : beyond, "beyond");
      whole(dead == null ? List.of() : dead, "dead");
      require(total == null || total > 0, "\"total\" is %s, but must be above 0", total);
      present(arriving, "arriving");
      present(tensors, "tensors");
      require(!arriving.isEmpty(), "\"arriving\" is empty");
      Stream.of(arriving, test == null ? arriving : test, leaving == null ? arriving : leaving)
          .peek(sizes -> require(sizes.size() == arriving.size(), "a list of sizes is too short"))
          .flatMap(List::stream)
          .forEach(
              size -> require(size == null || Math.abs(size) < 1e4, "%s is no logarithm", size));
      require(
          total == null || (beyond != null && beyond.size() == 5),
          "\"total\" needs five numbers \"beyond\"");
      long most = total == null ? Long.MAX_VALUE : total;
      for (long one : beyond == null ? List.<Long>of() : beyond) {
        require(one >= 0 && one <= most, "\"beyond\" has %d, of %d", one, most);
      }
      require(
          units == null || (dead != null && dead.size() <= units),
          "\"units\" needs a list \"dead\" of some of them");
    }
  }

  private static <T> T present(@Nullable T value, String key) {
    if (value == null) {
      throw new IllegalArgumentException("\"" + key + "\" is missing");
    }
    return value;
  }

  /** That a text is there, in one line: those of a header become names and lines of others. */
  private static void text(@Nullable String value, String key) {
    String there = present(value, key);
    require(
        !there.isBlank() && there.chars().noneMatch(Character::isISOControl),
        "\"%s\" is blank or has control characters",
        key);
  }

  /** A list that is there, as are all of its elements. */
  private static <C extends Collection<?>> C whole(@Nullable C values, String key) {
    C there = present(values, key);
    for (Object value : there) {
      present(value, key);
    }
    return there;
  }

  private static void require(boolean holds, String message, @Nullable Object... arguments) {
    if (!holds) {
      throw new IllegalArgumentException(message.formatted(arguments));
    }
  }
}
