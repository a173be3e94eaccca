package org.unvanish.paper;

import java.util.List;
import org.unvanish.codec.PenaltyForm;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.initialization.Initialization;
import org.unvanish.optimizer.Optimizer.EpsilonForm;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.spec.Overrides;
import org.unvanish.spec.Overrides.ConvolutionKind;
import org.unvanish.spec.Overrides.LogisticReading;

/**
 * A way to read what Ven &amp; Lederer (2021) leave open, the same for all of their figures.
 *
 * @param name as folders are named: {@code batch-64}
 * @param title a few words: {@code batch size 64}
 * @param open what the paper says and leaves open, a sentence
 * @param change of the figures' specs
 */
public record Reading(String name, String title, String open, Overrides change) {

  private static final double KERAS_EPSILON = 1e-7;

  private static final String BATCH = "The batch size is not stated.";
  private static final String BIASES = "Which layers have biases is inferred from weight counts.";
  private static final String PIXELS = "How pixels become inputs is not stated.";
  private static final String ADAM = "Of Adam only the learning rate is stated; Keras has ε = 1e-7";

  /** As the shipped specs have it. */
  public static final Reading BASE =
      new Reading(
          "base",
          "as in the specs",
          "`unvanish show figure1` says what is assumed.",
          Overrides.NONE);

  /** All others, each of which changes one thing. */
  public static final List<Reading> OTHERS =
      List.of(
          new Reading("batch-64", "batch size 64", BATCH, none().batchSize(64).build()),
          new Reading("batch-128", "batch size 128", BATCH, none().batchSize(128).build()),
          new Reading(
              "plain-convolutions",
              "plain convolutions in table 1",
              "The kind of table 1's convolutions is inferred from weight counts.",
              none().convolutions(ConvolutionKind.PLAIN).build()),
          new Reading(
              "dense-biases", "biases in all dense layers", BIASES, none().biases(true).build()),
          new Reading("no-biases", "no biases at all", BIASES, none().biases(false).build()),
          new Reading(
              "keras-l2",
              "Keras's ℓ₂ penalty",
              "The text has (r/2)·Σθ² over all parameters; Keras has r·Σθ² over weights.",
              none().penaltyForm(PenaltyForm.KERAS).build()),
          new Reading(
              "standardised-pixels",
              "standardised pixels",
              PIXELS,
              none().pixels(PixelScaling.STANDARDISED).build()),
          new Reading("raw-pixels", "raw pixels", PIXELS, none().pixels(PixelScaling.RAW).build()),
          new Reading(
              "epsilon-1e-7", "Adam's ε = 1e-7", ADAM + ".", none().epsilon(KERAS_EPSILON).build()),
          new Reading(
              "keras-epsilon",
              "ε = 1e-7 as Keras's “epsilon hat”",
              ADAM + ", beside the uncorrected root.",
              none().epsilon(KERAS_EPSILON).epsilonForm(EpsilonForm.EPSILON_HAT).build()),
          new Reading(
              "log-sigmoid",
              "log σ for “logsigmoid”",
              "Figure 4's “logsigmoid” is not defined.",
              none().logistic(LogisticReading.LOG_SIGMOID).build()),
          new Reading(
              "glorot",
              "Glorot's initialization",
              "A distribution is stated for “the parameters”; Keras's own default is Glorot's.",
              none().initialization(new Initialization.Glorot()).build()));

  private static Overrides.Builder none() {
    return Overrides.NONE.toBuilder();
  }

  /** Whether a figure's arms train something else than without this reading. */
  public boolean changes(ExperimentSpec figure) {
    return !figure.with(change).equals(figure);
  }
}
