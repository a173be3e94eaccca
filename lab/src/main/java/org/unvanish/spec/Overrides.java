package org.unvanish.spec;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.unvanish.codec.PenaltyForm;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.network.Convolutional;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Convolutional.Convolution1d;
import org.unvanish.network.Convolutional.SeparableConvolution;
import org.unvanish.optimizer.Optimizer;

/**
 * What a command line changes in a spec; what is empty stays as it is.
 *
 * @param data the source of the data, in place of the spec's with its format and columns; images
 *     that are read as sequences still are
 * @param pixels how values become inputs
 * @param trainSamples how many of the training samples are used
 * @param seeds of every arm
 * @param epochs of every arm
 * @param batchSize of every arm
 * @param epsilon of every arm that Adam trains
 * @param epsilonForm of every arm that Adam trains
 * @param penaltyForm of every arm with an ℓ₂ penalty; the scope becomes that form's own
 * @param convolutions the kind of all convolutions; kernels, filters and biases stay
 * @param biases whether all dense layers have biases; convolutions stay as they are
 * @param logistic what all logistic and log-sigmoid activations become
 */
public record Overrides(
    Optional<String> data,
    Optional<PixelScaling> pixels,
    OptionalInt trainSamples,
    Optional<List<Long>> seeds,
    OptionalInt epochs,
    OptionalInt batchSize,
    OptionalDouble epsilon,
    Optional<Optimizer.EpsilonForm> epsilonForm,
    Optional<PenaltyForm> penaltyForm,
    Optional<ConvolutionKind> convolutions,
    Optional<Boolean> biases,
    Optional<LogisticReading> logistic) {

  /** Changes nothing. */
  public static final Overrides NONE =
      new Overrides(
          Optional.empty(),
          Optional.empty(),
          OptionalInt.empty(),
          Optional.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalDouble.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** Changes how many runs there are and how long they last. */
  public static Overrides runs(List<Long> seeds, int epochs) {
    return NONE.withRuns(Optional.of(seeds), OptionalInt.of(epochs));
  }

  /** The same on these data. */
  public Overrides withData(String source) {
    return withData(Optional.of(source));
  }

  /** The same on these data; what is empty stays as a spec has it. */
  public Overrides withData(Optional<String> source) {
    return with(source, seeds, epochs);
  }

  /** The same for these runs; what is empty stays as a spec has it. */
  public Overrides withRuns(Optional<List<Long>> otherSeeds, OptionalInt otherEpochs) {
    return with(data, otherSeeds, otherEpochs);
  }

  /** The same, with these seeds and epochs where it names none. */
  public Overrides orRuns(List<Long> otherSeeds, int otherEpochs) {
    return withRuns(
        seeds.or(() -> Optional.of(otherSeeds)), OptionalInt.of(epochs.orElse(otherEpochs)));
  }

  private Overrides with(
      Optional<String> otherData, Optional<List<Long>> otherSeeds, OptionalInt otherEpochs) {
    return new Overrides(
        otherData,
        pixels,
        trainSamples,
        otherSeeds,
        otherEpochs,
        batchSize,
        epsilon,
        epsilonForm,
        penaltyForm,
        convolutions,
        biases,
        logistic);
  }

  /** How the paper's "convolution" is read. */
  public enum ConvolutionKind {
    /** One kernel for each pair of channel and filter. */
    PLAIN,
    /** One kernel for each channel, then a 1×1 convolution. */
    SEPARABLE;

    /** A convolution of images as one of this kind; all else stays. */
    Convolutional of(Convolutional layer) {
      if (layer instanceof Convolution1d) {
        return layer;
      }
      return switch (this) {
        case PLAIN ->
            new Convolution(
                layer.kernel(), layer.filters(), layer.bias(), layer.stride(), layer.padding());
        case SEPARABLE ->
            new SeparableConvolution(
                layer.kernel(), layer.filters(), layer.bias(), layer.stride(), layer.padding());
      };
    }
  }

  /** How the paper's "logsigmoid" is read. */
  public enum LogisticReading {
    /** 1/(1 + e⁻ᶻ). */
    LOGISTIC,
    /** log(1/(1 + e⁻ᶻ)). */
    LOG_SIGMOID
  }
}
