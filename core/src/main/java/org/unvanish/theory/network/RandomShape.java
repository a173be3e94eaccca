package org.unvanish.theory.network;

import java.util.random.RandomGenerator;
import org.unvanish.theory.network.SmallNetwork.Builder;
import org.unvanish.theory.network.SmallNetwork.Weights;

/** Draws networks of the kinds that proposition 1 is about. */
public final class RandomShape {

  private static final int WIDEST = 5;
  private static final int MOST_LAYERS = 4;
  private static final int MOST_STEPS = 4;

  private RandomShape() {}

  /** One of any kind. */
  public static SmallNetwork any(RandomGenerator random) {
    return switch (random.nextInt(3)) {
      case 0 -> mixed(random);
      case 1 -> convolution(random);
      default -> recurrent(random, false);
    };
  }

  /** Dense layers one after another, each with a place of its own; the last one is linear. */
  public static SmallNetwork stack(RandomGenerator random) {
    return stack(random, false);
  }

  /** The same with biases in all layers. */
  public static SmallNetwork biasedStack(RandomGenerator random) {
    return stack(random, true);
  }

  /**
   * A recurrent network over a few time steps, with a dense layer at the end.
   *
   * @param startsFromInput true where the first state is part of the input, false where it is 0
   */
  public static SmallNetwork recurrent(RandomGenerator random, boolean startsFromInput) {
    int units = random.nextInt(1, WIDEST);
    int perStep = random.nextInt(1, 4);
    int steps = random.nextInt(1, MOST_STEPS + 1);
    int first = startsFromInput ? units : 0;
    Builder builder = new Builder(first + steps * perStep);
    Weights drive = builder.weights(perStep, units, random.nextBoolean());
    Weights recurrent = builder.weights(units, units, false);
    int place = builder.place();
    int state = startsFromInput ? builder.window(0, 0, units) : -1;
    for (int t = 0; t < steps; t++) {
      int z = builder.dense(builder.window(0, first + t * perStep, perStep), drive);
      z = state < 0 ? z : builder.sum(z, builder.dense(state, recurrent));
      state = builder.activate(z, place);
    }
    builder.says(steps + " time steps of " + units + " recurrent units");
    return ended(builder, state, false, random);
  }

  private static SmallNetwork stack(RandomGenerator random, boolean isBiased) {
    Builder builder = new Builder(random.nextInt(1, WIDEST + 1));
    int at = 0;
    int layers = random.nextInt(1, MOST_LAYERS + 1);
    for (int l = 0; l < layers; l++) {
      int outputs = random.nextInt(1, WIDEST + 1);
      boolean hasBiases = isBiased || random.nextBoolean();
      at = builder.dense(at, builder.weights(builder.length(at), outputs, hasBiases));
      at = builder.activate(at, builder.place());
      builder.says("dense " + outputs);
    }
    return ended(builder, at, isBiased, random);
  }

  /** Dense layers with sums, concatenations and pooling between them, and one place for all. */
  private static SmallNetwork mixed(RandomGenerator random) {
    Builder builder = new Builder(random.nextInt(1, WIDEST + 1));
    int place = builder.place();
    int at = 0;
    int layers = random.nextInt(1, MOST_LAYERS + 1);
    for (int l = 0; l < layers; l++) {
      int before = at;
      int outputs = random.nextBoolean() ? builder.length(at) : random.nextInt(1, WIDEST + 1);
      at = builder.dense(at, builder.weights(builder.length(at), outputs, random.nextBoolean()));
      at = builder.activate(at, place);
      builder.says("dense " + outputs);
      if (builder.length(before) == outputs && random.nextBoolean()) {
        at = builder.sum(before, at);
        builder.says("plus its input");
      } else if (random.nextInt(4) == 0) {
        at = builder.concatenation(before, at);
        builder.says("behind its input");
      }
      at = pooled(builder, at, random);
    }
    return ended(builder, at, false, random);
  }

  /** Windows of three with zeros around the input, and the same weights for each. */
  private static SmallNetwork convolution(RandomGenerator random) {
    int size = random.nextInt(2, 7);
    Builder builder = new Builder(size);
    Weights kernel = builder.weights(3, random.nextInt(1, 3), random.nextBoolean());
    int place = builder.place();
    int all = -1;
    for (int i = 0; i < size; i++) {
      int one = builder.activate(builder.dense(builder.window(0, i - 1, 3), kernel), place);
      all = all < 0 ? one : builder.concatenation(all, one);
    }
    builder.says("convolution with " + kernel.outputs() + " channels");
    return ended(builder, pooled(builder, all, random), false, random);
  }

  private static int pooled(Builder builder, int at, RandomGenerator random) {
    if (builder.length(at) % 2 == 1 || random.nextBoolean()) {
      return at;
    }
    boolean isMax = random.nextBoolean();
    builder.says(isMax ? "max pooling" : "average pooling");
    return isMax ? builder.maxPooling(at) : builder.meanPooling(at);
  }

  /** With a linear layer at the end. */
  private static SmallNetwork ended(
      Builder builder, int at, boolean isBiased, RandomGenerator random) {
    int outputs = random.nextInt(1, 4);
    boolean hasBiases = isBiased || random.nextBoolean();
    builder.dense(at, builder.weights(builder.length(at), outputs, hasBiases));
    builder.says("dense " + outputs);
    return builder.build();
  }
}
