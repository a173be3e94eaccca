package org.unvanish.djl;

import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.SymbolBlock;
import ai.djl.nn.recurrent.RecurrentBlock;
import ai.djl.util.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.unvanish.activation.Activation;
import org.unvanish.network.ParameterTensor.Kind;

/** A model as a chain of links, each of which reads what the one before puts out. */
final class Chain {

  /**
   * A block without children.
   *
   * @param name as DJL names its parameters, without the parameter: {@code 01Linear}
   * @param block it
   * @param activation the function that it applies, if it is an activation
   * @param parameters its own
   */
  record Link(
      String name, Block block, Optional<Activation> activation, List<ModelParameter> parameters) {

    /** Its weights; none for an activation, whatever parameter it has. */
    List<ModelParameter> weights() {
      return parameters.stream().filter(p -> p.kind() == Kind.WEIGHTS).toList();
    }

    boolean hasWeights() {
      return activation.isEmpty() && !weights().isEmpty();
    }
  }

  private final List<Link> links = new ArrayList<>();

  /**
   * Takes a model apart.
   *
   * @param block initialised
   * @throws IllegalArgumentException if it is no chain; the message names the block that is not
   */
  Chain(Block block, NDManager manager) {
    List<ModelParameter> parameters = ModelParameter.of(block);
    leaves(block, "", (name, leaf) -> links.add(link(name, leaf, parameters, manager)));
    if (links.stream().noneMatch(Link::hasWeights)) {
      throw new IllegalArgumentException(
          "there is no layer with weights in this model, so no gradient to diagnose");
    }
  }

  private static Link link(
      String name, Block leaf, List<ModelParameter> parameters, NDManager manager) {
    List<Parameter> own = leaf.getDirectParameters().values();
    return new Link(
        name,
        leaf,
        Activations.of(leaf, manager),
        parameters.stream().filter(p -> own.contains(p.parameter())).toList());
  }

  /**
   * Looks whether a block is a chain.
   *
   * @throws IllegalArgumentException if it is not; the message names the block that is not
   */
  static void requireChain(Block block) {
    leaves(block, "", (name, leaf) -> {});
  }

  private static void leaves(Block block, String path, BiConsumer<String, Block> consumer) {
    if (block instanceof SequentialBlock sequence && !sequence.isReturnIntermediate()) {
      for (Pair<String, Block> child : block.getChildren()) {
        leaves(
            child.getValue(),
            path.isEmpty() ? child.getKey() : path + "_" + child.getKey(),
            consumer);
      }
      return;
    }
    String name = path.isEmpty() ? block.getClass().getSimpleName() : path;
    if (block instanceof SymbolBlock) {
      throw new IllegalArgumentException(
          ("the block %s was loaded from a file and is closed to Java: its layers cannot be seen."
                  + " Its gradients can: load it with the option trainParam = true and train it with a"
                  + " GradientMonitor")
              .formatted(name));
    }
    if (block instanceof RecurrentBlock || !block.getChildren().isEmpty()) {
      throw new IllegalArgumentException(
          ("the block %s, a %s, does not pass its input straight through a chain of layers, as"
                  + " branches, loops and blocks with a forward of their own do not. Diagnose the"
                  + " chains that it is made of one by one, or watch its gradients with a"
                  + " GradientMonitor")
              .formatted(name, block.getClass().getSimpleName()));
    }
    consumer.accept(name, block);
  }

  /** First to last. */
  List<Link> links() {
    return links;
  }

  /** The first link with weights. */
  int first() {
    return next(-1);
  }

  /** The next link with weights, or the number of links. */
  int next(int link) {
    int next = link + 1;
    while (next < links.size() && !links.get(next).hasWeights()) {
      next++;
    }
    return next;
  }
}
