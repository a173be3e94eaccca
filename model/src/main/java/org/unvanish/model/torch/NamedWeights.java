package org.unvanish.model.torch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.unvanish.model.Limits;
import org.unvanish.model.ModelRefusedException;
import org.unvanish.model.graph.Tensor;
import org.unvanish.model.safetensors.SafetensorsFile;
import org.unvanish.network.Network;

/**
 * Weights by the names that PyTorch gives them, without a network. A spec says what is computed
 * with them.
 *
 * @since 0.1
 */
public final class NamedWeights {

  private static final Pattern DIGITS = Pattern.compile("\\d+");

  private final String place;
  private final Map<String, Tensor> tensors;

  /**
   * @param place where they are from, for messages
   * @param tensors by name; among alike ones, the order is that of a network's layers
   */
  public NamedWeights(String place, Map<String, Tensor> tensors) {
    this.place = place;
    this.tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }

  /**
   * Reads the weights of a file: a {@code state_dict} of {@code torch.save}, alone or in a
   * checkpoint under a usual key; a whole model of any class; or a safetensors file, whose names
   * are put in order, numbers by their size.
   *
   * @throws ModelRefusedException if there are none; names the file, the place and the way out
   * @throws IOException if it cannot be read
   */
  public static NamedWeights read(Path file, Limits limits) throws IOException {
    if (SafetensorsFile.isOne(file)) {
      Map<String, Tensor> sorted = new TreeMap<>(naturalOrder());
      sorted.putAll(SafetensorsFile.read(file, limits));
      return new NamedWeights(file.toString(), sorted);
    }
    try (TorchFile opened = TorchFile.open(file, limits)) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (var entry : StateDict.tensors(opened.root(), limits).entrySet()) {
        tensors.put(entry.getKey(), opened.tensor(entry.getKey(), entry.getValue()));
      }
      return new NamedWeights(file.toString(), tensors);
    } catch (ModelRefusedException e) {
      throw e.place().startsWith(file.toString()) ? e : e.in(file.toString());
    }
  }

  /** {@code layers.2.weight} before {@code layers.10.weight}. */
  private static Comparator<String> naturalOrder() {
    return Comparator.comparing(
            (String name) ->
                DIGITS
                    .matcher(name)
                    .replaceAll(
                        match ->
                            "0".repeat(Math.max(0, 20 - match.group().length())) + match.group()))
        .thenComparing(Comparator.naturalOrder());
  }

  /** The tensors by name, in order. */
  public Map<String, Tensor> tensors() {
    return tensors;
  }

  /**
   * The parameters of a network of the engine that these weights are. Names that are those of the
   * network's tensors decide. Else each layer with parameters gets the first module that has the
   * right tensors in the right shapes and that no layer before it has got; and each module must be
   * used. Both biases of a recurrent module become one where they are added.
   *
   * <p>A dense layer that reads all states of a recurrent one has its weights in the order (step,
   * unit), as PyTorch's {@code batch_first} puts them out. An α that is learned stays where the
   * network starts it: PyTorch's modules have none.
   *
   * @return as long as {@link Network#parameterCount}
   * @throws ModelRefusedException if a layer gets no module, or a module no layer; names both, with
   *     their shapes
   */
  public float[] onto(Network network) {
    try {
      return new WeightMatching(network, tensors).parameters();
    } catch (ModelRefusedException e) {
      throw e.in(place);
    }
  }
}
