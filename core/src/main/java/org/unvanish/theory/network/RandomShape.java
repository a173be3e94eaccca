package org.unvanish.theory.network;

import java.util.random.RandomGenerator;
import org.unvanish.theory.network.SmallNetwork.Builder;
import org.unvanish.theory.network.SmallNetwork.Weights;

/** Draws networks of the kinds that proposition 1 speaks of. */
public final class RandomShape {

  private static final int WIDEST = 5;
  private static final int MOST_STEPS = 4;

  private RandomShape() {}

  /** One of any kind. */
  public static SmallNetwork any(RandomGenerator random) {
    return switch (random.nextInt(3)) {
      case 0 -> stack(random, true);
      case 1 -> convolution(random);
      default -> recurrent(random, false);
    };
  }

  /** Dense layers one after another, each with a place of its own; the last one is linear. */
  public static SmallNetwork stack(RandomGenerator random) {
    return stack(random, false);
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
    last(builder, state, random);
    return builder.build();
  }

  private static SmallNetwork stack(RandomGenerator random, boolean isMixed) {
    Builder builder = new Builder(random.nextInt(1, WIDEST + 1));
    int shared = isMixed ? builder.place() : -1;
    int at = 0;
    int layers = random.nextInt(1, 5);
    for (int l = 0; l < layers; l++) {
      int before = at;
      int outputs =
          isMixed && random.nextInt(3) == 0 ? builder.length(at) : random.nextInt(1, WIDEST + 1);
      at = builder.dense(at, builder.weights(builder.length(at), outputs, random.nextBoolean()));
      at = builder.activate(at, isMixed ? shared : builder.place());
      builder.says("dense " + outputs);
      if (isMixed && builder.length(before) == outputs && random.nextBoolean()) {
        at = builder.sum(before, at);
        builder.says("plus its input");
      } else if (isMixed && random.nextInt(4) == 0) {
        at = builder.concatenation(before, at);
        builder.says("behind its input");
      }
      at = isMixed ? pooled(builder, at, random) : at;
    }
    last(builder, at, random);
    return builder.build();
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
    last(builder, pooled(builder, all, random), random);
    return builder.build();
  }

  private static int pooled(Builder builder, int at, RandomGenerator random) {
    if (builder.length(at) % 2 == 1 || random.nextBoolean()) {
      return at;
    }
    boolean isMax = random.nextBoolean();
    builder.says(isMax ? "max pooling" : "average pooling");
    return isMax ? builder.maxPooling(at) : builder.meanPooling(at);
  }

  private static void last(Builder builder, int at, RandomGenerator random) {
    int outputs = random.nextInt(1, 4);
    builder.dense(at, builder.weights(builder.length(at), outputs, random.nextBoolean()));
    builder.says("dense " + outputs);
  }
}
