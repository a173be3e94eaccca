package org.unvanish.djl.model;

import ai.djl.nn.Parameter;
import ai.djl.nn.recurrent.GRU;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.nn.recurrent.RNN;
import ai.djl.nn.recurrent.RecurrentBlock;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.util.List;
import org.unvanish.activation.ActivationFunction;

/**
 * What one of DJL's recurrent blocks was built with. The blocks tell nobody but their sub-classes,
 * so their fields are read.
 *
 * @param kind which formulas it has
 * @param function what makes a state of sums; where there are gates, of the candidate
 * @param layers how many are stacked in it
 * @param units of a layer and direction
 * @param dropRate of the dropout between its layers
 * @param bidirectional whether it reads both ways
 * @param biases whether it has some
 * @param batchFirst whether samples come before steps in what it reads and puts out
 * @param returnState whether it puts out its last states as well, in arrays of their own
 */
public record RecurrentSettings(
    Kind kind,
    ActivationFunction function,
    int layers,
    int units,
    float dropRate,
    boolean bidirectional,
    boolean biases,
    boolean batchFirst,
    boolean returnState) {

  /** The formulas of a recurrent block. */
  public enum Kind {
    /** Without gates. */
    RNN(1),
    /** The sums i, f, g, o. */
    LSTM(4),
    /** The sums r, z, n. */
    GRU(3);

    private final int sums;

    Kind(int sums) {
      this.sums = sums;
    }

    /** Sums that make one unit. */
    public int sums() {
      return sums;
    }
  }

  /** Whether a block is one of DJL's own, whose formulas are known. */
  public static boolean isKnown(RecurrentBlock block) {
    return List.of(RNN.class, LSTM.class, GRU.class).contains(block.getClass());
  }

  /**
   * Of a block of DJL's own.
   *
   * @throws IllegalArgumentException if Java keeps its fields closed
   */
  public static RecurrentSettings of(RecurrentBlock block) {
    Kind kind = Kind.valueOf(block.getClass().getSimpleName());
    boolean relu = kind == Kind.RNN && field(block, RNN.class, "activation") == RNN.Activation.RELU;
    return new RecurrentSettings(
        kind,
        relu ? ActivationFunction.RELU : ActivationFunction.TANH,
        (Integer) field(block, "numLayers"),
        Math.toIntExact((Long) field(block, "stateSize")),
        (Float) field(block, "dropRate"),
        (Boolean) field(block, "bidirectional"),
        (Boolean) field(block, "hasBiases"),
        (Boolean) field(block, "batchFirst"),
        (Boolean) field(block, "returnState"));
  }

  private static Object field(RecurrentBlock block, String name) {
    return field(block, RecurrentBlock.class, name);
  }

  private static Object field(RecurrentBlock block, Class<?> declaring, String name) {
    try {
      Field field = declaring.getDeclaredField(name);
      field.setAccessible(true);
      return field.get(block);
    } catch (NoSuchFieldException | IllegalAccessException | InaccessibleObjectException e) {
      throw new IllegalArgumentException(
          "the field %s of a %s cannot be read. Open the package ai.djl.nn.recurrent to org.unvanish.djl, and use a version of DJL that docs/djl.md names"
              .formatted(name, block.getClass().getSimpleName()),
          e);
    }
  }

  /** The layer of a block that a parameter belongs to, from 0. */
  public static int layer(Parameter parameter) {
    return Integer.parseInt(parameter.getName().split("_", -1)[1]);
  }

  /** Whether a parameter of a recurrent block is the weights by which a state acts on the next. */
  public static boolean isRecurrentWeights(Parameter parameter) {
    return parameter.getType() == Parameter.Type.WEIGHT && parameter.getName().contains("h2h");
  }
}
