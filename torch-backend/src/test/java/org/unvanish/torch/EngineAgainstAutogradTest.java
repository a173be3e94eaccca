package org.unvanish.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.Lengths;
import org.unvanish.data.Targets;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.initialization.Initialization;
import org.unvanish.loss.Loss;
import org.unvanish.loss.Score;
import org.unvanish.loss.Scores;
import org.unvanish.network.Dense;
import org.unvanish.network.Layer;
import org.unvanish.network.Losses;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.ParameterTensor.Kind;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.penalty.Penalty;
import org.unvanish.theory.chain.ChainNetwork;
import org.unvanish.train.BatchGradients;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.Trainer;
import org.unvanish.train.TrainingDecision;
import org.unvanish.train.TrainingObserver;
import org.unvanish.train.TrainingSettings;
import org.unvanish.train.TrainingStep;

/**
 * Gradients of the engine's first step, and of PyTorch's, against PyTorch's autograd in double
 * precision at the same parameters: all but exact, and the same on every processor.
 */
class EngineAgainstAutogradTest {

  private static final int NETWORKS = 6;
  private static final int MOST_SAMPLES = 33;
  private static final double ROUNDING = 0x1p-24;

  /**
   * Of a tensor's gradient. The longest sums are those over all samples and places, and roundings
   * add up like a random walk.
   */
  private static final double RELATIVE =
      2 * Math.sqrt(MOST_SAMPLES * Cases.MOST_ROWS * Cases.MOST_COLUMNS) * ROUNDING;

  /**
   * The gradient starts at what a probability lacks of 1, which is about the loss. Below this one,
   * a single rounding of the probability is more than {@link #RELATIVE} of that.
   */
  private static final double SURE = ROUNDING / RELATIVE;

  /**
   * Of the whole gradient: where the terms of a tensor cancel, as those of a bias or a learned α
   * do, their roundings stay.
   */
  private static final double CANCELLED = 4 * ROUNDING;

  private static final PyTorch TORCH = PyTorch.load();

  /** A network with its settings and a batch: all of its training data, in their order. */
  private record Case(Network network, TrainingSettings settings, Dataset data) {

    static Case of(Cases cases, Activation activation) {
      return of(cases, cases.network(activation));
    }

    /** The same with another loss, and data for it. */
    Case with(Loss loss, long seed) {
      int batch = data.train().count();
      return new Case(
          network,
          settings.withLoss(loss),
          Losses.data(loss, network.outputs(), network.input(), new Random(seed), batch, 1));
    }

    static Case of(Cases cases, Network network) {
      int batch = cases.oneOf(1, 7, 16, MOST_SAMPLES);
      TrainingSettings settings =
          new TrainingSettings(
              new Optimizer.Sgd(0.1, 0),
              cases.penalty(),
              cases.oneOf(new Initialization.Glorot(), new Initialization.He()),
              new Initialization.Normal(0.1),
              cases.oneOf(PixelScaling.UNIT, PixelScaling.STANDARDISED),
              batch,
              1);
      return new Case(network, settings, cases.data(network, batch, 1));
    }

    /** What the engine computes. */
    First byEngine() {
      First first = new First();
      new Trainer(network, settings, data, 1).run(first);
      return first;
    }

    BatchGradients byTorch(NDManager manager, float[] parameters) {
      TorchBackend torch = new TorchBackend(network, settings, data, manager);
      torch.start(parameters, 1);
      return torch.gradients(order(), 0, data.train().count());
    }

    private TorchLoss torchLoss() {
      Targets targets = data.train().targets();
      return new TorchLoss(settings.loss().fitted(targets), network.outputs(), targets);
    }

    private int[] order() {
      return IntStream.range(0, data.train().count()).toArray();
    }

    Exact exact(NDManager manager, float[] parameters) {
      return exact(manager, parameters, 0, 0);
    }

    /** With each parameter moved by up to a share of it. */
    private Exact exact(NDManager manager, float[] parameters, double share, long seed) {
      Random random = new Random(seed);
      double[] moved = new double[parameters.length];
      for (int i = 0; i < moved.length; i++) {
        moved[i] = parameters[i] * (1 + share * (2 * random.nextDouble() - 1));
      }
      int count = data.train().count();
      TorchSamples samples =
          new TorchSamples(data.train(), settings.pixelScaling().fit(data.train()), count);
      TorchPenalty penalty = new TorchPenalty(settings.penalty(), network.parameters());
      try (NDManager near = manager.newSubManager()) {
        NDArray values = samples.values(near, order(), 0, count).toType(DataType.FLOAT64, true);
        TorchLoss torchLoss = torchLoss();
        NDArray targets = torchLoss.targets(near, order(), 0, count);
        NDArray exactTargets =
            targets.getDataType() == DataType.FLOAT32
                ? targets.toType(DataType.FLOAT64, true)
                : targets;
        NDArray at = near.create(moved);
        double[] loss = {0};
        double[] gradient =
            Autograd.gradient(
                    at,
                    theta -> {
                      NDArray outputs =
                          new TorchNetwork(network)
                              .logits(values, theta, TorchPass.training(Lengths.FULL, 1, 0));
                      NDArray mean = torchLoss.each(outputs, exactTargets).mean();
                      loss[0] = mean.getDouble();
                      return mean;
                    })
                .toDoubleArray();
        double[] total = gradient.clone();
        if (!penalty.isZero()) {
          double[] added = Autograd.gradient(at, penalty::value).toDoubleArray();
          Arrays.setAll(total, i -> gradient[i] + added[i]);
        }
        return new Exact(loss[0], gradient, total);
      }
    }

    /**
     * By how much the data gradient of each tensor moves if all parameters move by a few roundings.
     * That is far more than a rounding where a unit of relu is about to switch, or two pixels of a
     * maximum change places: there single precision has a choice.
     */
    double[] condition(NDManager manager, float[] parameters, Exact exact) {
      double[] most = new double[network.parameters().size()];
      for (int draw = 1; draw <= 10; draw++) {
        double[] moved = exact(manager, parameters, 4 * ROUNDING, draw).data;
        for (int t = 0; t < most.length; t++) {
          ParameterTensor tensor = network.parameters().get(t);
          most[t] = Math.max(most[t], distance(tensor, moved, exact.data));
        }
      }
      return most;
    }
  }

  private record Exact(double loss, double[] data, double[] total) {}

  /** Keeps the first step. */
  private static final class First implements TrainingObserver {
    private double loss;
    private double accuracy;
    private Scores scores = new Scores(Map.of());
    private float[] parameters = {};
    private float[] data = {};
    private float[] total = {};

    @Override
    public TrainingDecision stepTaken(TrainingStep step) {
      loss = step.loss();
      parameters = step.parameters().clone();
      data = step.dataGradient().clone();
      total = step.totalGradient().clone();
      return TrainingDecision.CONTINUE;
    }

    @Override
    public TrainingDecision epochFinished(EpochRecord epoch, Checkpoint checkpoint) {
      accuracy = epoch.trainAccuracy();
      scores = epoch.train();
      return TrainingDecision.CONTINUE;
    }
  }

  static Set<ActivationFunction> functionsOfThePaper() {
    return ChainNetwork.FUNCTIONS;
  }

  @ParameterizedTest
  @MethodSource("functionsOfThePaper")
  void everyGradientAgreesToSinglePrecision(ActivationFunction function) {
    Cases cases = new Cases(function.ordinal());
    agree(() -> cases.activations(function), activation -> Case.of(cases, activation), true);
  }

  /**
   * Those beside the paper's, and all with a dynamic scale. PyTorch takes the derivatives of most
   * of them from their values, so that they cancel in single precision where they saturate: there
   * its gradients say nothing.
   */
  @ParameterizedTest
  @EnumSource
  void thatOfOtherActivationsToo(ActivationFunction function) {
    Cases cases = new Cases(1000 + function.ordinal());
    agree(
        () -> {
          List<Activation> activations = new ArrayList<>();
          if (!ChainNetwork.FUNCTIONS.contains(function)) {
            activations.addAll(cases.activations(function));
          }
          activations.add(Activation.dynamic(function, cases.oneOf(0.5, 2.0)));
          return activations;
        },
        activation -> Case.of(cases, cases.networkWithoutMaxima(activation)),
        false);
  }

  /** Autograd sums what the places of a shared α add to its gradient. */
  @Test
  void thatOfASharedScaleToo() {
    Cases cases = new Cases(300);
    agree(
        () ->
            List.of(
                Activation.shared(ActivationFunction.TANH, cases.oneOf(0.5, 2.0)),
                Activation.shared(ActivationFunction.ARCTAN, cases.oneOf(0.5, 3.0))),
        activation -> Case.of(cases, activation),
        true);
  }

  private static void agree(
      Supplier<List<Activation>> activations,
      Function<Activation, Case> cases,
      boolean torchInSinglePrecisionToo) {
    int narrow = 0;
    int tensors = 0;
    int sure = 0;
    int all = 0;
    for (int i = 0; i < NETWORKS; i++) {
      for (Activation activation : activations.get()) {
        Case c = cases.apply(activation);
        First engine = c.byEngine();
        try (NDManager manager = TORCH.newManager()) {
          BatchGradients torch = c.byTorch(manager, engine.parameters);
          Exact exact = c.exact(manager, engine.parameters);
          all++;
          if (exact.loss < SURE) {
            sure++;
            continue;
          }
          int batch = c.data().train().count();
          for (double loss : new double[] {engine.loss, torch.loss() / batch}) {
            assertThat(loss)
                .as("loss of %s", c)
                .isCloseTo(exact.loss, within(RELATIVE * Math.max(1, exact.loss)));
          }
          assertThat(torch.sums()[1] / batch).isEqualTo(engine.accuracy);
          agree(c, "engine", engine.parameters, engine.data, engine.total, exact, manager);
          if (torchInSinglePrecisionToo) {
            agree(c, "PyTorch", engine.parameters, torch.data(), torch.total(), exact, manager);
          }
          for (ParameterTensor tensor : c.network().parameters()) {
            tensors++;
            narrow += bound(tensor, engine.data) < 1e-4 * norm(tensor, engine.data) ? 1 : 0;
          }
        }
      }
    }
    assertThat(sure)
        .as("networks whose gradient has lost its digits")
        .isLessThanOrEqualTo(all / 10);
    assertThat((double) narrow / tensors)
        .as("share of parameter tensors compared to a ten-thousandth of their own gradient")
        .isGreaterThan(0.7);
  }

  /** Of networks with one output, and with several. */
  @Test
  void everyLossAgreesToSinglePrecision() {
    Cases cases = new Cases(300);
    for (int outputs : new int[] {1, 2, 5}) {
      for (Loss loss : Losses.all(outputs)) {
        Network ending = cases.network(Activation.of(ActivationFunction.TANH));
        List<Layer> layers = new ArrayList<>(ending.layers());
        layers.set(layers.size() - 1, new Dense(outputs, true));
        Case c = Case.of(cases, new Network(ending.input(), layers)).with(loss, outputs);
        First engine = c.byEngine();
        try (NDManager manager = TORCH.newManager()) {
          BatchGradients torch = c.byTorch(manager, engine.parameters);
          Exact exact = c.exact(manager, engine.parameters);
          int batch = c.data().train().count();
          for (double value : new double[] {engine.loss, torch.loss() / batch}) {
            assertThat(value)
                .as("loss of %s", c)
                .isCloseTo(exact.loss, within(RELATIVE * Math.max(1, exact.loss)));
          }
          agree(c, "engine", engine.parameters, engine.data, engine.total, exact, manager);
          agree(c, "PyTorch", engine.parameters, torch.data(), torch.total(), exact, manager);
          Scores scores = loss.scores(torch.sums(), batch);
          for (Score score : loss.scores()) {
            assertThat(scores.of(score))
                .as("%s of %s", score.key(), c)
                .isCloseTo(engine.scores.of(score), within(1e-4));
          }
        }
      }
    }
  }

  private static void agree(
      Case c,
      String who,
      float[] parameters,
      float[] data,
      float[] total,
      Exact exact,
      NDManager manager) {
    double[] none = new double[c.network().parameters().size()];
    boolean near = worst(c, data, exact.data, none) < 1 && worst(c, total, exact.total, none) < 1;
    double[] condition = near ? none : c.condition(manager, parameters, exact);
    assertThat(worst(c, data, exact.data, condition)).as("data, %s, %s", who, c).isLessThan(1);
    assertThat(worst(c, total, exact.total, condition)).as("total, %s, %s", who, c).isLessThan(1);
  }

  /** By as many bounds as a parameter tensor's gradient is off at most. */
  private static double worst(Case c, float[] found, double[] exact, double[] condition) {
    double[] values = new double[found.length];
    Arrays.setAll(values, i -> found[i]);
    double worst = 0;
    for (int t = 0; t < condition.length; t++) {
      ParameterTensor tensor = c.network().parameters().get(t);
      double bound = bound(tensor, found) + condition[t];
      double distance = distance(tensor, values, exact);
      // Where all units are dead, all gradients are exactly 0, and so is the bound.
      worst = Math.max(worst, distance == 0 ? 0 : distance / bound);
    }
    return worst;
  }

  private static double distance(ParameterTensor tensor, double[] a, double[] b) {
    return Math.sqrt(
        IntStream.range(tensor.offset(), tensor.end())
            .mapToDouble(i -> (a[i] - b[i]) * (a[i] - b[i]))
            .sum());
  }

  private static double bound(ParameterTensor tensor, float[] gradient) {
    return RELATIVE * norm(tensor, gradient) + CANCELLED * norm(gradient, 0, gradient.length);
  }

  private static double norm(ParameterTensor tensor, float[] values) {
    return norm(values, tensor.offset(), tensor.end());
  }

  private static double norm(float[] values, int from, int to) {
    return Math.sqrt(
        IntStream.range(from, to).mapToDouble(i -> (double) values[i] * values[i]).sum());
  }

  @Test
  void aWeightThatIsOffByAThousandthIsSeen() {
    Cases cases = new Cases(100);
    int seen = 0;
    for (int i = 0; i < 20; i++) {
      Case c = Case.of(cases, Activation.of(ActivationFunction.TANH));
      First engine = c.byEngine();
      float[] moved = engine.parameters.clone();
      ParameterTensor first = c.network().parameters().get(0);
      for (int p = first.offset(); p < first.end(); p++) {
        moved[p] *= 1.001f;
      }
      try (NDManager manager = TORCH.newManager()) {
        double[] none = new double[c.network().parameters().size()];
        seen += worst(c, engine.data, c.exact(manager, moved).data, none) > 1 ? 1 : 0;
      }
    }
    assertThat(seen).isEqualTo(20);
  }

  @Test
  void thePenaltysGradientIsThatOfItsValue() {
    Cases cases = new Cases(200);
    Set<Class<?>> kinds = new HashSet<>();
    for (int i = 0; i < 40; i++) {
      Case c = Case.of(cases, Activation.learned(ActivationFunction.ARCTAN, 2));
      Penalty penalty = c.settings().penalty();
      kinds.add(penalty.getClass());
      First engine = c.byEngine();
      try (NDManager manager = TORCH.newManager()) {
        float[] byAutograd = c.byTorch(manager, engine.parameters).penalty();
        for (ParameterTensor tensor : c.network().parameters()) {
          boolean covered =
              tensor.kind() == Kind.WEIGHTS
                  || tensor.kind() == Kind.BIAS && penalty.scope() == Penalty.Scope.ALL;
          for (int p = tensor.offset(); p < tensor.end(); p++) {
            double expected = covered ? penalty.gradient(engine.parameters[p]) : 0;
            assertThat((double) byAutograd[p])
                .isCloseTo(expected, within(4 * ROUNDING * Math.abs(expected)));
          }
        }
      }
    }
    assertThat(kinds).hasSize(5);
  }

  /**
   * The functions of core, in double precision, against autograd: their values, their derivatives
   * and those by α. PyTorch takes tanh′ as 1 − tanh², which loses all digits of a small one; so the
   * distances are absolute.
   */
  @ParameterizedTest
  @EnumSource
  void coresFunctionsAreWhatAutogradDifferentiates(ActivationFunction function) {
    float[] points = new float[2001];
    for (int i = 0; i < points.length; i++) {
      points[i] = (i - 1000) / 32f;
    }
    try (NDManager manager = TORCH.newManager()) {
      NDArray z = manager.create(points);
      for (double alpha : new double[] {0.5, 1, 2, 10}) {
        Activation activation = Activation.learned(function, alpha);
        NDArray scale = manager.create((float) alpha);
        float[] values = TorchActivation.apply(activation, z, List.of(scale)).toFloatArray();
        float[] slopes =
            Autograd.gradient(z, x -> TorchActivation.apply(activation, x, List.of(scale)).sum())
                .toFloatArray();
        for (int i = 0; i < points.length; i++) {
          double value = activation.value(points[i]);
          double near = 8 * ROUNDING * (1 + Math.abs(value) / alpha);
          assertThat((double) values[i]).isCloseTo(value, within(alpha * near));
          assertThat((double) slopes[i]).isCloseTo(activation.derivative(points[i]), within(near));
        }
        for (int i = 0; i < points.length; i += 50) {
          NDArray one = manager.create(points[i]);
          double byScale =
              Autograd.gradient(scale, a -> TorchActivation.apply(activation, one, List.of(a)))
                  .getFloat();
          double u = Math.abs(points[i] / alpha);
          assertThat(byScale)
              .isCloseTo(activation.scaleDerivative(points[i]), within(8 * ROUNDING * (1 + 2 * u)));
        }
      }
    }
  }
}
