package org.unvanish.spec;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.unvanish.codec.PenaltyForm;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.initialization.Initialization;
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
 * @param initialization where the weights of every arm start; recurrent weights and biases follow
 *     where they did before
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
    Optional<LogisticReading> logistic,
    Optional<Initialization> initialization) {

  /** Changes nothing. */
  public static final Overrides NONE = new Builder().build();

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
    Builder builder = toBuilder();
    builder.data = source;
    return builder.build();
  }

  /** The same for these runs; what is empty stays as a spec has it. */
  public Overrides withRuns(Optional<List<Long>> otherSeeds, OptionalInt otherEpochs) {
    Builder builder = toBuilder();
    builder.seeds = otherSeeds;
    builder.epochs = otherEpochs;
    return builder.build();
  }

  /** The same, with these seeds and epochs where it names none. */
  public Overrides orRuns(List<Long> otherSeeds, int otherEpochs) {
    return withRuns(
        seeds.or(() -> Optional.of(otherSeeds)), OptionalInt.of(epochs.orElse(otherEpochs)));
  }

  /** The same, to be changed further. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.data = data;
    builder.pixels = pixels;
    builder.trainSamples = trainSamples;
    builder.seeds = seeds;
    builder.epochs = epochs;
    builder.batchSize = batchSize;
    builder.epsilon = epsilon;
    builder.epsilonForm = epsilonForm;
    builder.penaltyForm = penaltyForm;
    builder.convolutions = convolutions;
    builder.biases = biases;
    builder.logistic = logistic;
    builder.initialization = initialization;
    return builder;
  }

  /** Overrides while they are put together, one by one: what is not named stays as it is. */
  public static final class Builder {

    private Optional<String> data = Optional.empty();
    private Optional<PixelScaling> pixels = Optional.empty();
    private OptionalInt trainSamples = OptionalInt.empty();
    private Optional<List<Long>> seeds = Optional.empty();
    private OptionalInt epochs = OptionalInt.empty();
    private OptionalInt batchSize = OptionalInt.empty();
    private OptionalDouble epsilon = OptionalDouble.empty();
    private Optional<Optimizer.EpsilonForm> epsilonForm = Optional.empty();
    private Optional<PenaltyForm> penaltyForm = Optional.empty();
    private Optional<ConvolutionKind> convolutions = Optional.empty();
    private Optional<Boolean> biases = Optional.empty();
    private Optional<LogisticReading> logistic = Optional.empty();
    private Optional<Initialization> initialization = Optional.empty();

    private Builder() {}

    /** Sets {@link Overrides#data()}. */
    public Builder data(String value) {
      data = Optional.of(value);
      return this;
    }

    /** Sets {@link Overrides#pixels()}. */
    public Builder pixels(PixelScaling value) {
      pixels = Optional.of(value);
      return this;
    }

    /** Sets {@link Overrides#trainSamples()}. */
    public Builder trainSamples(int value) {
      trainSamples = OptionalInt.of(value);
      return this;
    }

    /** Sets {@link Overrides#epochs()}. */
    public Builder epochs(int value) {
      epochs = OptionalInt.of(value);
      return this;
    }

    /** Sets {@link Overrides#batchSize()}. */
    public Builder batchSize(int value) {
      batchSize = OptionalInt.of(value);
      return this;
    }

    /** Sets {@link Overrides#epsilon()}. */
    public Builder epsilon(double value) {
      epsilon = OptionalDouble.of(value);
      return this;
    }

    /** Sets {@link Overrides#epsilonForm()}. */
    public Builder epsilonForm(Optimizer.EpsilonForm value) {
      epsilonForm = Optional.of(value);
      return this;
    }

    /** Sets {@link Overrides#penaltyForm()}. */
    public Builder penaltyForm(PenaltyForm value) {
      penaltyForm = Optional.of(value);
      return this;
    }

    /** Sets {@link Overrides#convolutions()}. */
    public Builder convolutions(ConvolutionKind value) {
      convolutions = Optional.of(value);
      return this;
    }

    /** Sets {@link Overrides#biases()}. */
    public Builder biases(boolean value) {
      biases = Optional.of(value);
      return this;
    }

    /** Sets {@link Overrides#logistic()}. */
    public Builder logistic(LogisticReading value) {
      logistic = Optional.of(value);
      return this;
    }

    /** Sets {@link Overrides#initialization()}. */
    public Builder initialization(Initialization value) {
      initialization = Optional.of(value);
      return this;
    }

    /** What was put together. */
    public Overrides build() {
      return new Overrides(
          data,
          pixels,
          trainSamples,
          seeds,
          epochs,
          batchSize,
          epsilon,
          epsilonForm,
          penaltyForm,
          convolutions,
          biases,
          logistic,
          initialization);
    }
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
