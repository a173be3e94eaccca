package org.unvanish.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.Shape;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.initialization.Initialization;
import org.unvanish.network.Activated;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Network;
import org.unvanish.optimizer.Optimizer.EpsilonForm;
import org.unvanish.penalty.Penalty;
import org.unvanish.train.BoundedSum;
import org.unvanish.train.RandomCases;
import org.unvanish.train.Recording;
import org.unvanish.train.Trainer;
import org.unvanish.train.TrainingSettings;
import org.unvanish.train.TrainingStep;

/** Parameters after each of several steps, against the algorithms in double precision. */
class OptimizerTest {

  private static final double ROUNDING = BoundedSum.ROUNDING;

  /** Of one parameter: the algorithm as it is printed, on the gradients that the engine found. */
  private interface Oracle {
    /** Moves the parameter and the bound of its error in single precision. */
    void step(double gradient);

    double parameter();

    double error();
  }

  /**
   * Kingma &amp; Ba (2015), algorithm 1, or their reordered form with "epsilon hat"; with the
   * decoupled weight decay of Loshchilov &amp; Hutter (2019).
   */
  private static final class AdamOracle implements Oracle {
    private final Optimizer.Adam adam;
    private final double weightDecay;
    private double theta;
    private double error;
    private double m;
    private double magnitudeOfM;
    private double v;
    private int t;

    AdamOracle(Optimizer.Adam adam, double weightDecay, double start) {
      this.adam = adam;
      this.weightDecay = weightDecay;
      this.theta = start;
    }

    @Override
    public void step(double g) {
      t++;
      m = adam.beta1() * m + (1 - adam.beta1()) * g;
      magnitudeOfM = adam.beta1() * magnitudeOfM + (1 - adam.beta1()) * Math.abs(g);
      v = adam.beta2() * v + (1 - adam.beta2()) * g * g;
      double one = 1 - StrictMath.pow(adam.beta1(), t);
      double two = 1 - StrictMath.pow(adam.beta2(), t);
      double factor;
      if (adam.form() == EpsilonForm.KINGMA_BA) {
        factor = adam.learningRate() / one / (Math.sqrt(v / two) + adam.epsilon());
      } else {
        factor = adam.learningRate() * Math.sqrt(two) / one / (Math.sqrt(v) + adam.epsilon());
      }
      theta -= adam.learningRate() * weightDecay * theta;
      error += weightDecay == 0 ? 0 : 2 * ROUNDING * Math.abs(theta);
      theta -= factor * m;
      // Each step rounds the decay, two products and a sum in either moment; the quotient is
      // rounded six times more, and the parameter once.
      error += (8 * t + 8) * ROUNDING * factor * magnitudeOfM;
      error += ROUNDING * (Math.abs(theta) + error);
    }

    @Override
    public double parameter() {
      return theta;
    }

    @Override
    public double error() {
      return error;
    }
  }

  private static final class SgdOracle implements Oracle {
    private final Optimizer.Sgd sgd;
    private double theta;
    private double error;
    private double velocity;
    private double magnitude;
    private int t;

    SgdOracle(Optimizer.Sgd sgd, double start) {
      this.sgd = sgd;
      this.theta = start;
    }

    @Override
    public void step(double g) {
      t++;
      velocity = sgd.momentum() * velocity + g;
      magnitude = sgd.momentum() * magnitude + Math.abs(g);
      boolean nesterov = sgd.nesterov();
      theta -= sgd.learningRate() * (nesterov ? g + sgd.momentum() * velocity : velocity);
      double size = nesterov ? Math.abs(g) + sgd.momentum() * magnitude : magnitude;
      error += (3 * t + (nesterov ? 6 : 3)) * ROUNDING * sgd.learningRate() * size;
      error += ROUNDING * (Math.abs(theta) + error);
    }

    @Override
    public double parameter() {
      return theta;
    }

    @Override
    public double error() {
      return error;
    }
  }

  /** Hinton's RMSprop as PyTorch has it, with momentum. */
  private static final class RmsPropOracle implements Oracle {
    private final Optimizer.RmsProp rms;
    private double theta;
    private double error;
    private double square;
    private double velocity;
    private double magnitude;
    private int t;

    RmsPropOracle(Optimizer.RmsProp rms, double start) {
      this.rms = rms;
      this.theta = start;
    }

    @Override
    public void step(double g) {
      t++;
      square = rms.rho() * square + (1 - rms.rho()) * g * g;
      double size = Math.sqrt(square) + rms.epsilon();
      velocity = rms.momentum() * velocity + g / size;
      magnitude = rms.momentum() * magnitude + Math.abs(g) / size;
      theta -= rms.learningRate() * velocity;
      error += (8 * t + 8) * ROUNDING * rms.learningRate() * magnitude;
      error += ROUNDING * (Math.abs(theta) + error);
    }

    @Override
    public double parameter() {
      return theta;
    }

    @Override
    public double error() {
      return error;
    }
  }

  private static final class AdagradOracle implements Oracle {
    private final Optimizer.Adagrad ada;
    private double theta;
    private double error;
    private double sum;
    private int t;

    AdagradOracle(Optimizer.Adagrad ada, double start) {
      this.ada = ada;
      this.theta = start;
    }

    @Override
    public void step(double g) {
      t++;
      sum += g * g;
      double move = ada.learningRate() * g / (Math.sqrt(sum) + ada.epsilon());
      theta -= move;
      error += (t + 8) * ROUNDING * Math.abs(move);
      error += ROUNDING * (Math.abs(theta) + error);
    }

    @Override
    public double parameter() {
      return theta;
    }

    @Override
    public double error() {
      return error;
    }
  }

  private static Oracle oracle(Optimizer optimizer, double start) {
    if (optimizer instanceof Optimizer.Adam adam) {
      return new AdamOracle(adam, 0, start);
    } else if (optimizer instanceof Optimizer.AdamW adamW) {
      return new AdamOracle(adamW.adam(), adamW.weightDecay(), start);
    } else if (optimizer instanceof Optimizer.RmsProp rms) {
      return new RmsPropOracle(rms, start);
    } else if (optimizer instanceof Optimizer.Adagrad ada) {
      return new AdagradOracle(ada, start);
    }
    return new SgdOracle((Optimizer.Sgd) optimizer, start);
  }

  private static Recording train(Optimizer optimizer) {
    Network network =
        new Network(
            new Shape(2, 4, 4),
            List.of(
                new Convolution(3, 3, true),
                new Activated(Activation.learned(ActivationFunction.TANH, 1)),
                new Dense(4, true)));
    Dataset data = new RandomCases(1).data(network, 50, 1);
    TrainingSettings settings =
        new TrainingSettings(
            optimizer,
            Penalty.l2(0.01),
            new Initialization.Glorot(),
            new Initialization.Zeros(),
            PixelScaling.UNIT,
            20,
            4);
    Recording recording = new Recording();
    new Trainer(network, settings, data, 3).run(recording);
    return recording;
  }

  /** The share of the parameters' moves that the bounds leave open. */
  private static double compare(Recording recording, Optimizer oracleOf) {
    List<TrainingStep> steps = recording.steps;
    double moved = 0;
    double open = 0;
    for (int i = 0; i < steps.get(0).parameters().length; i++) {
      double start = steps.get(0).parameters()[i];
      Oracle oracle = oracle(oracleOf, start);
      for (int step = 1; step < steps.size(); step++) {
        oracle.step(steps.get(step - 1).totalGradient()[i]);
        assertThat(Math.abs(steps.get(step).parameters()[i] - oracle.parameter()))
            .as("parameter %s after %s steps", i, step)
            .isLessThanOrEqualTo(oracle.error());
      }
      moved += Math.abs(oracle.parameter() - start);
      open += oracle.error();
    }
    assertThat(steps).hasSize(12);
    return open / moved;
  }

  @Test
  void adamIsKingmaAndBasAlgorithmOne() {
    Optimizer adam = new Optimizer.Adam(0.01, 0.9, 0.999, 1e-3, EpsilonForm.KINGMA_BA);
    assertThat(compare(train(adam), adam)).isLessThan(1e-4);
    assertThat(compare(train(Optimizer.Adam.DEFAULT), Optimizer.Adam.DEFAULT)).isLessThan(1e-3);
  }

  @Test
  void adamWithEpsilonHatIsTheReorderedForm() {
    Optimizer hat = new Optimizer.Adam(0.01, 0.8, 0.99, 1e-3, EpsilonForm.EPSILON_HAT);
    Optimizer other = new Optimizer.Adam(0.01, 0.8, 0.99, 1e-3, EpsilonForm.KINGMA_BA);
    Recording recording = train(hat);
    assertThat(compare(recording, hat)).isLessThan(1e-4);
    assertThatThrownBy(() -> compare(recording, other)).isInstanceOf(AssertionError.class);
  }

  @Test
  void sgdHasMomentum() {
    Optimizer sgd = new Optimizer.Sgd(0.05, 0.9);
    Recording recording = train(sgd);
    assertThat(compare(recording, sgd)).isLessThan(1e-4);
    assertThatThrownBy(() -> compare(recording, new Optimizer.Sgd(0.05, 0.8)))
        .isInstanceOf(AssertionError.class);
    Optimizer plain = new Optimizer.Sgd(0.05, 0);
    assertThat(compare(train(plain), plain)).isLessThan(1e-4);
  }

  @Test
  void nesterovsMomentumLooksAhead() {
    Optimizer nesterov = new Optimizer.Sgd(0.05, 0.9, true);
    Recording recording = train(nesterov);
    assertThat(compare(recording, nesterov)).isLessThan(1e-4);
    assertThatThrownBy(() -> compare(recording, new Optimizer.Sgd(0.05, 0.9)))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void adamWDecaysAllTensorsBesideAdamsStep() {
    Optimizer adamW = new Optimizer.AdamW(0.01, 0.9, 0.999, 1e-3, 0.1);
    Recording recording = train(adamW);
    assertThat(compare(recording, adamW)).isLessThan(1e-4);
    assertThatThrownBy(() -> compare(recording, new Optimizer.AdamW(0.01, 0.9, 0.999, 1e-3, 0.2)))
        .isInstanceOf(AssertionError.class);
    assertThat(compare(train(Optimizer.AdamW.DEFAULT), Optimizer.AdamW.DEFAULT)).isLessThan(1e-3);
  }

  @Test
  void rmsPropDividesByTheRootOfTheMeanSquare() {
    Optimizer rms = new Optimizer.RmsProp(0.01, 0.9, 1e-3, 0.5);
    Recording recording = train(rms);
    assertThat(compare(recording, rms)).isLessThan(1e-3);
    assertThatThrownBy(() -> compare(recording, new Optimizer.RmsProp(0.01, 0.9, 1e-3, 0)))
        .isInstanceOf(AssertionError.class);
    assertThat(compare(train(Optimizer.RmsProp.DEFAULT), Optimizer.RmsProp.DEFAULT))
        .isLessThan(1e-3);
  }

  @Test
  void adagradDividesByTheRootOfTheSumOfSquares() {
    Optimizer ada = new Optimizer.Adagrad(0.05, 1e-3);
    Recording recording = train(ada);
    assertThat(compare(recording, ada)).isLessThan(1e-4);
    assertThatThrownBy(() -> compare(recording, new Optimizer.Adagrad(0.05, 1e-2)))
        .isInstanceOf(AssertionError.class);
    assertThat(compare(train(Optimizer.Adagrad.DEFAULT), Optimizer.Adagrad.DEFAULT))
        .isLessThan(1e-4);
  }

  @Test
  void theDefaultIsThePapers() {
    assertThat(Optimizer.Adam.DEFAULT)
        .isEqualTo(new Optimizer.Adam(0.001, 0.9, 0.999, 1e-8, EpsilonForm.KINGMA_BA));
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    EpsilonForm form = EpsilonForm.KINGMA_BA;
    refused(() -> new Optimizer.Adam(0, 0.9, 0.999, 1e-8, form), "learning rate", "above 0", "0.0");
    refused(() -> new Optimizer.Adam(Double.NaN, 0.9, 0.9, 1, form), "learning rate", "NaN");
    refused(() -> new Optimizer.Adam(1, 1, 0.999, 1e-8, form), "beta1", "[0, 1)", "1.0");
    refused(() -> new Optimizer.Adam(1, 0.9, -0.1, 1e-8, form), "beta2", "[0, 1)", "-0.1");
    refused(() -> new Optimizer.Adam(1, 0.9, 0.999, 0, form), "epsilon", "above 0", "0.0");
    refused(() -> new Optimizer.Sgd(Double.POSITIVE_INFINITY, 0), "learning rate", "Infinity");
    refused(() -> new Optimizer.Sgd(1, 1), "momentum", "[0, 1)", "1.0");
    refused(() -> new Optimizer.Sgd(1, 0, true), "Nesterov", "above 0");
    refused(() -> new Optimizer.AdamW(1, 0.9, 0.9, 1, -1), "weight decay", "at least 0", "-1.0");
    refused(() -> new Optimizer.AdamW(1, 0.9, 0.9, 0, 0), "epsilon", "above 0", "0.0");
    refused(() -> new Optimizer.RmsProp(1, 1, 1, 0), "rho", "[0, 1)", "1.0");
    refused(() -> new Optimizer.RmsProp(1, 0.9, 1, 1), "momentum", "[0, 1)", "1.0");
    refused(() -> new Optimizer.Adagrad(0, 1), "learning rate", "above 0", "0.0");
  }

  private static void refused(Runnable runnable, String... words) {
    assertThatThrownBy(runnable::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(words);
  }
}
