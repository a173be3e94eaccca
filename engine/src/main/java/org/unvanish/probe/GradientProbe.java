package org.unvanish.probe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.scaling.ChannelScaling;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.prescription.Change;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.diagnosis.prescription.PrescribedInitialization;
import org.unvanish.forecast.Forecast;
import org.unvanish.forecast.Forecaster;
import org.unvanish.forecast.InputStatistics;
import org.unvanish.initialization.Initialization;
import org.unvanish.initialization.Initializer;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor.Kind;
import org.unvanish.penalty.Penalty;
import org.unvanish.random.RandomStream;
import org.unvanish.train.InitialValues;
import org.unvanish.train.Trainer;
import org.unvanish.train.TrainingSettings;

/**
 * Measures the backpropagated gradient through a network, for a {@link
 * org.unvanish.diagnosis.Diagnosis}: forward and backward only, nothing is trained.
 *
 * <p>All measurements of a probe are taken on the same mini-batches, a window that the seed draws
 * from the training images, so that they can be compared pair by pair. How many they are follows
 * from what they cost, and from nothing that is timed. A probe may be used by one thread at a time.
 */
public final class GradientProbe implements RemedyProbe {

  /** Mini-batches in a window, where they do not cost too much: one misleads. */
  public static final int BATCHES = 20;

  /** In any window: the middle half of four leaves out one on either side, of three none. */
  static final int FEWEST_BATCHES = 4;

  /**
   * Multiply-adds that a window may take forward, where it has more than the fewest mini-batches:
   * with the way back three times as many, some seconds of one core. The paper's networks take a
   * hundredth of it.
   */
  static final long MOST_MULTIPLY_ADDS = 20_000_000_000L;

  private final Network network;
  private final TrainingSettings settings;
  private final ImageSet images;
  private final List<ChannelScaling> scaling;
  private final long seed;
  private final List<int[]> window;
  private final ProbeProgress progress;
  private @Nullable Forecast forecast;

  /**
   * @param network what is probed
   * @param settings how it is trained
   * @param data on what
   * @param seed of the initial weights and the window
   * @throws IllegalArgumentException if data and network do not fit each other
   */
  public GradientProbe(Network network, TrainingSettings settings, Dataset data, long seed) {
    this(network, settings, data, seed, ProbeProgress.SILENT);
  }

  /**
   * @param network what is probed
   * @param settings how it is trained
   * @param data on what
   * @param seed of the initial weights and the window
   * @param progress is told how far probing is
   * @throws IllegalArgumentException if data and network do not fit each other
   */
  public GradientProbe(
      Network network, TrainingSettings settings, Dataset data, long seed, ProbeProgress progress) {
    this(
        network,
        settings.on(data),
        data.train(),
        settings.pixelScaling().fit(data.train()),
        seed,
        progress);
    Trainer.requireFit(network, this.settings, data);
  }

  public GradientProbe(
      Network network,
      TrainingSettings settings,
      ImageSet images,
      List<ChannelScaling> scaling,
      long seed) {
    this(network, settings, images, scaling, seed, ProbeProgress.SILENT);
  }

  private GradientProbe(
      Network network,
      TrainingSettings settings,
      ImageSet images,
      List<ChannelScaling> scaling,
      long seed,
      ProbeProgress progress) {
    if (!network.input().equals(images.shape())) {
      throw new IllegalArgumentException(
          "the network reads " + network.input() + ", but the samples are " + images.shape());
    }
    this.network = network;
    this.settings = settings;
    this.images = images;
    this.scaling = scaling;
    this.seed = seed;
    this.progress = progress;
    int batchSize = Math.min(settings.batchSize(), images.count());
    this.window = window(images.count(), batchSize, batches(network, batchSize), seed);
  }

  /** A probe of another network with as many parameters, in all else the same. */
  public GradientProbe of(Network other) {
    return new GradientProbe(other, settings, images, scaling, seed, progress);
  }

  /** A probe of a run with another seed, in all else the same. */
  public GradientProbe withSeed(long other) {
    return new GradientProbe(network, settings, images, scaling, other, progress);
  }

  @Override
  public GradientProbe scaled(double factor) {
    return of(network.scaled(factor));
  }

  @Override
  public Optional<RemedyProbe> withTanh() {
    Network other = network.withFunction(ActivationFunction.TANH);
    return other.equals(network) ? Optional.empty() : Optional.of(of(other));
  }

  /** A probe with standardised pixels, in all else the same. */
  @Override
  public GradientProbe standardised() {
    return new GradientProbe(
        network, settings, images, PixelScaling.STANDARDISED.fit(images), seed, progress);
  }

  /** A probe whose recurrent weights start orthogonal, in all else the same. */
  @Override
  public Optional<RemedyProbe> withOrthogonalRecurrent() {
    boolean recurrent =
        network.parameters().stream().anyMatch(tensor -> tensor.kind() == Kind.RECURRENT);
    return recurrent
            && !settings.weights().isWhole()
            && !(settings.recurrent() instanceof Initialization.Orthogonal)
        ? Optional.of(with(OtherRemedy.ORTHOGONAL_RECURRENT))
        : Optional.empty();
  }

  @Override
  public List<OtherRemedy> outputRemedies() {
    return OutputRemedies.allowed(network, settings.loss(), images.targets());
  }

  @Override
  public GradientProbe with(OtherRemedy remedy) {
    Change change = Change.of(remedy);
    return new GradientProbe(
        AppliedRemedies.network(network, change),
        AppliedRemedies.settings(settings, change),
        OutputRemedies.samples(images, change.other()),
        scaling,
        seed,
        progress);
  }

  @Override
  public Optional<Forecast> forecast() {
    if (forecast == null) {
      forecast =
          Forecaster.forecast(
              network,
              settings.weights(),
              settings.biases(),
              InputStatistics.of(network, images, scaling));
    }
    return Optional.of(forecast).filter(Forecast::isComplete);
  }

  @Override
  public List<Double> criticalFactors() {
    return LayerFactors.fit(network)
        ? forecast().map(LayerFactors::critical).orElse(List.of())
        : List.of();
  }

  @Override
  public GradientProbe with(List<Double> factors) {
    return of(LayerFactors.network(network, factors));
  }

  @Override
  public boolean isPenalised() {
    return !settings.penalty().isNone();
  }

  /** What is probed. */
  public Network network() {
    return network;
  }

  /** How it is trained. */
  public TrainingSettings settings() {
    return settings;
  }

  /** The training samples. */
  public ImageSet images() {
    return images;
  }

  /** Of the run that is probed. */
  public long seed() {
    return seed;
  }

  /** Who is told how far probing is. */
  @Override
  public ProbeProgress progress() {
    return progress;
  }

  /** How many mini-batches a network's window has. */
  static int batches(Network network, int batchSize) {
    double affordable = MOST_MULTIPLY_ADDS / ((double) network.multiplyAdds() * batchSize);
    return (int) Math.max(FEWEST_BATCHES, Math.min(BATCHES, affordable));
  }

  /**
   * Full batches of shuffled samples; where a pass has no more of them, the next one begins.
   *
   * @param images how many samples there are
   * @param size of a batch, at most as many
   * @param batches how many are drawn
   */
  public static List<int[]> window(int images, int size, int batches, long seed) {
    RandomStream random = new RandomStream(seed, "probe");
    int[] order = IntStream.range(0, images).toArray();
    List<int[]> window = new ArrayList<>();
    int from = images;
    while (window.size() < batches) {
      if (from + size > images) {
        random.shuffle(order);
        from = 0;
      }
      window.add(Arrays.copyOfRange(order, from, from + size));
      from += size;
    }
    return window;
  }

  /** The evidence at the initial weights that a run with this seed starts from. */
  @Override
  public MeasuredBackward initial() {
    return measure(initialValues(), 0);
  }

  /** The initial weights that a run with this seed starts from. */
  @Override
  public float[] initialValues() {
    return InitialValues.of(network, settings, images, scaling, seed);
  }

  @Override
  public List<PrescribedInitialization> otherStarts() {
    boolean rectifier = network.activations().stream().anyMatch(a -> a.function().isRectifier());
    List<PrescribedInitialization> starts = new ArrayList<>();
    if (!(settings.weights() instanceof Initialization.Glorot)) {
      starts.add(PrescribedInitialization.GLOROT);
    }
    if (!(settings.weights() instanceof Initialization.He)) {
      starts.add(rectifier ? 0 : starts.size(), PrescribedInitialization.HE);
    }
    return starts;
  }

  /** Other initial weights, drawn from the same seed, with biases of 0. */
  @Override
  public float[] initialValues(PrescribedInitialization values) {
    Initialization weights =
        values == PrescribedInitialization.GLOROT
            ? new Initialization.Glorot()
            : new Initialization.He();
    Initialization recurrent =
        settings.recurrent().equals(settings.weights()) ? weights : settings.recurrent();
    return Initializer.draw(network, weights, recurrent, new Initialization.Zeros(), seed);
  }

  @Override
  public BitSet shrinking() {
    BitSet shrinking = new BitSet();
    network.parameters().stream()
        .filter(tensor -> tensor.kind().isCoveredBy(Penalty.l2(1)))
        .forEach(tensor -> shrinking.set(tensor.offset(), tensor.end()));
    return shrinking;
  }

  /** The mini-batches, each a list of image numbers. */
  List<int[]> window() {
    return window;
  }

  /**
   * The evidence with given parameters.
   *
   * @param parameters in the network's order
   * @param step steps of training done before; with 0 the parameters are the initial ones
   * @throws IllegalArgumentException if the parameters are not as many as the network's
   */
  @Override
  public MeasuredBackward measure(float[] parameters, long step) {
    if (parameters.length != network.parameterCount()) {
      throw new IllegalArgumentException(
          parameters.length
              + " parameters are given for a network with "
              + network.parameterCount());
    }
    return measure(parameters, step, window, UpdateSizes.UNSEEN);
  }

  /** The evidence with given parameters to which the last steps have led. */
  MeasuredBackward measure(float[] parameters, long step, UpdateSizes updates) {
    return measure(parameters, step, window, updates);
  }

  /** The evidence over some mini-batches. */
  MeasuredBackward measure(float[] parameters, long step, List<int[]> batches) {
    return measure(parameters, step, batches, UpdateSizes.UNSEEN);
  }

  private MeasuredBackward measure(
      float[] parameters, long step, List<int[]> batches, UpdateSizes updates) {
    float[] initial = step == 0 ? parameters : initialValues();
    ProbeWindow run =
        new ProbeWindow(
            network,
            settings.loss(),
            parameters,
            NetworkStack.layers(network, parameters, initial, settings.penalty(), updates),
            images,
            scaling,
            seed);
    for (int done = 1; done <= batches.size(); done++) {
      run.add(batches.get(done - 1));
      progress.batchProbed(done, batches.size());
    }
    OptionalDouble epsilon = settings.optimizer().adamEpsilon();
    return run.result(step, epsilon.isPresent() ? (Double) epsilon.getAsDouble() : null);
  }
}
