package org.unvanish.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor;
import org.unvanish.optimizer.Clipping;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.TrainingSettings;

/**
 * An {@link Optimizer} on arrays of PyTorch, with schedule and clipping, written as its definition
 * says.
 */
final class TorchOptimizer {

  /** The step of one kind of optimizer. */
  private interface Rule<K> {
    void move(TorchOptimizer at, K optimizer, double rate, NDArray parameters, NDArray gradient);
  }

  /** One kind of limit: what comes of a gradient, which stays as it is. */
  private interface Limit<K> {
    NDArray of(K clipping, NDArray gradient);
  }

  private static final Map<Class<?>, Rule<Optimizer>> RULES = new HashMap<>();
  private static final Map<Class<?>, Limit<Clipping>> LIMITS = new HashMap<>();

  static {
    rule(Optimizer.Adam.class, TorchOptimizer::adam);
    rule(
        Optimizer.AdamW.class,
        (at, adamW, rate, theta, g) -> {
          theta.subi(theta.mul(at.decaying).muli(rate * adamW.weightDecay()));
          at.adam(adamW.adam(), rate, theta, g);
        });
    rule(Optimizer.Sgd.class, TorchOptimizer::sgd);
    rule(Optimizer.RmsProp.class, TorchOptimizer::rmsProp);
    rule(Optimizer.Adagrad.class, TorchOptimizer::adagrad);
    limit(Clipping.None.class, (none, g) -> g);
    limit(Clipping.Norm.class, (norm, g) -> g.mul(norm.factor(g.norm().getFloat())));
    limit(Clipping.Value.class, (value, g) -> g.clip(-value.most(), value.most()));
  }

  private final TrainingSettings settings;
  private final int stepsPerEpoch;

  /** 1 for each trained parameter, 0 for the others. */
  private final NDArray decaying;

  private NDArray first;
  private NDArray second;
  private int step;

  /**
   * @param samples for training, which tell how many steps an epoch has
   * @param manager of the moments
   */
  TorchOptimizer(Network network, TrainingSettings settings, int samples, NDManager manager) {
    this.settings = settings;
    this.stepsPerEpoch = settings.stepsPerEpoch(samples);
    int parameters = network.parameterCount();
    float[] trained = new float[parameters];
    for (ParameterTensor tensor : network.parameters()) {
      Arrays.fill(trained, tensor.offset(), tensor.end(), tensor.kind().isTrained() ? 1 : 0);
    }
    this.decaying = manager.create(trained);
    boolean two = settings.optimizer().momentsPerParameter() == 2;
    this.first = manager.zeros(new Shape(parameters));
    this.second = manager.zeros(new Shape(two ? parameters : 0));
  }

  private static <K extends Optimizer> void rule(Class<K> kind, Rule<K> rule) {
    RULES.put(kind, (at, o, rate, theta, g) -> rule.move(at, kind.cast(o), rate, theta, g));
  }

  private static <K extends Clipping> void limit(Class<K> kind, Limit<K> limit) {
    LIMITS.put(kind, (clipping, g) -> limit.of(kind.cast(clipping), g));
  }

  private static <K> K known(Map<Class<?>, K> table, Object setting) {
    K found = table.get(setting.getClass());
    if (found == null) {
      throw new IllegalStateException("PyTorch has no mirror of " + setting);
    }
    return found;
  }

  /** Steps taken so far. */
  int step() {
    return step;
  }

  /** Where the optimizer stands. */
  Checkpoint checkpoint(int epoch, float[] parameters) {
    return new Checkpoint(
        epoch, step, parameters.clone(), first.toFloatArray(), second.toFloatArray());
  }

  /**
   * Goes on from where an optimizer stood.
   *
   * @throws IllegalArgumentException if that was another kind, or for other parameters
   */
  void restore(Checkpoint checkpoint) {
    first = restored("first", first, checkpoint.firstMoments());
    second = restored("second", second, checkpoint.secondMoments());
    step = checkpoint.step();
  }

  /** New arrays: DJL's way to write into one makes PyTorch print a warning. */
  private static NDArray restored(String which, NDArray moments, float[] stored) {
    if (moments.size() != stored.length) {
      throw new IllegalArgumentException(
          "the checkpoint has %d %s moments, but the run has %d"
              .formatted(stored.length, which, moments.size()));
    }
    NDArray restored = moments.getManager().create(stored);
    moments.close();
    return restored;
  }

  /**
   * Moves the parameters by one step.
   *
   * @param gradient the total one, in a manager that is closed soon: whatever else is made is
   *     attached to it
   */
  void update(NDArray parameters, NDArray gradient) {
    step++;
    Optimizer optimizer = settings.optimizer();
    double rate = optimizer.learningRate() * settings.schedule().factor(step, stepsPerEpoch);
    NDArray clipped = known(LIMITS, settings.clipping()).of(settings.clipping(), gradient);
    known(RULES, optimizer).move(this, optimizer, rate, parameters, clipped);
  }

  private void adam(Optimizer.Adam adam, double rate, NDArray parameters, NDArray gradient) {
    first.muli(adam.beta1()).addi(gradient.mul(1 - adam.beta1()));
    second.muli(adam.beta2()).addi(gradient.square().muli(1 - adam.beta2()));
    double correction1 = 1 - Math.pow(adam.beta1(), step);
    double correction2 = 1 - Math.pow(adam.beta2(), step);
    double epsilon =
        switch (adam.form()) {
          case KINGMA_BA -> adam.epsilon();
          case EPSILON_HAT -> adam.epsilon() / Math.sqrt(correction2);
        };
    NDArray m = near(gradient, first).divi(correction1);
    NDArray v = near(gradient, second).divi(correction2);
    parameters.subi(m.muli(rate).divi(v.sqrt().addi(epsilon)));
  }

  private void sgd(Optimizer.Sgd sgd, double rate, NDArray parameters, NDArray gradient) {
    first.muli(sgd.momentum()).addi(gradient);
    NDArray velocity = near(gradient, first);
    NDArray way = sgd.nesterov() ? velocity.muli(sgd.momentum()).addi(gradient) : velocity;
    parameters.subi(way.muli(rate));
  }

  private void rmsProp(Optimizer.RmsProp rms, double rate, NDArray parameters, NDArray gradient) {
    second.muli(rms.rho()).addi(gradient.square().muli(1 - rms.rho()));
    NDArray size = near(gradient, second).sqrt().addi(rms.epsilon());
    first.muli(rms.momentum()).addi(gradient.div(size));
    parameters.subi(near(gradient, first).muli(rate));
  }

  private void adagrad(Optimizer.Adagrad ada, double rate, NDArray parameters, NDArray gradient) {
    first.addi(gradient.square());
    NDArray size = near(gradient, first).sqrt().addi(ada.epsilon());
    parameters.subi(gradient.mul(rate).divi(size));
  }

  /** A copy that is gone with the gradient. */
  private static NDArray near(NDArray gradient, NDArray moments) {
    return gradient.zerosLike().addi(moments);
  }
}
