package org.unvanish.spec;

import java.util.Optional;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.codec.InitializationCodec;
import org.unvanish.codec.LayerSpec;
import org.unvanish.data.ColumnRoles;
import org.unvanish.data.DataSource;
import org.unvanish.data.Drawing;
import org.unvanish.data.TargetChoice;
import org.unvanish.network.Convolutional;
import org.unvanish.network.Layer;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.penalty.Penalty;
import org.unvanish.spec.Overrides.LogisticReading;
import org.unvanish.spec.sweep.SweepSpec;
import org.unvanish.spec.sweep.SweptSettings;

/** Applies {@link Overrides} to a spec. */
final class Overriding {

  private final Overrides overrides;

  Overriding(Overrides overrides) {
    this.overrides = overrides;
  }

  ExperimentSpec apply(ExperimentSpec spec) {
    return ExperimentSpec.of(
        spec.name(),
        spec.title(),
        data(spec.dataSource()),
        overrides.pixels().orElse(spec.pixels()),
        spec.chosenArms().stream().map(this::arm).toList(),
        spec.sweep().map(this::sweep),
        spec.written().with(overrides));
  }

  private DataSource data(DataSource data) {
    boolean replaced = overrides.data().isPresent();
    boolean keepsTargets = !replaced || data.targets() == TargetChoice.INPUTS;
    return new DataSource(
        overrides.data().orElse(data.source()),
        replaced ? Optional.empty() : data.format(),
        replaced ? ColumnRoles.DEFAULT : data.columns(),
        data.steps(),
        replaced ? Drawing.DEFAULT : data.drawing(),
        keepsTargets ? data.targets() : TargetChoice.RAW,
        data.testShare(),
        overrides.trainSamples().isPresent() ? overrides.trainSamples() : data.trainSamples(),
        data.seed());
  }

  private LayerSpec layer(LayerSpec spec) {
    LayerSpec changed = spec.with(this::layer);
    return overrides.biases().map(changed::withDenseBiases).orElse(changed);
  }

  private Layer layer(Layer layer) {
    if (!layer.activations().isEmpty()) {
      return layer.withActivations(this::activation);
    }
    return overrides.convolutions().isPresent() && layer instanceof Convolutional convolution
        ? overrides.convolutions().get().of(convolution)
        : layer;
  }

  private ArmSpec arm(ArmSpec arm) {
    InitializationCodec.Start start = start(arm);
    return new ArmSpec(
        arm.name(),
        arm.network().stream().map(this::layer).toList(),
        arm.activations().stream().map(this::activation).toList(),
        arm.loss(),
        penalty(arm.penalty()),
        start.weights(),
        start.recurrent(),
        start.biases(),
        optimizer(arm.optimizer()),
        arm.schedule(),
        arm.clipping(),
        arm.backend(),
        overrides.batchSize().orElse(arm.batchSize()),
        overrides.epochs().orElse(arm.epochs()),
        arm.recorded(),
        overrides.seeds().orElse(arm.seeds()));
  }

  private InitializationCodec.Start start(ArmSpec arm) {
    InitializationCodec.Start start =
        new InitializationCodec.Start(arm.weights(), arm.recurrent(), arm.biases());
    return overrides.initialization().map(start::withWeights).orElse(start);
  }

  private SweepSpec sweep(SweepSpec sweep) {
    if (overrides.batchSize().isPresent()) {
      sweep.refuse(SweptSettings.BATCH_SIZE, "--batch-size");
    }
    if (overrides.initialization().isPresent()) {
      sweep.refuse(SweptSettings.INITIAL_VALUES, "--initialization");
    }
    return sweep
        .with(SweptSettings.ACTIVATION, this::activation)
        .with(SweptSettings.PENALTY, this::penalty)
        .with(SweptSettings.OPTIMIZER, this::optimizer)
        .withBase(arm(sweep.base()));
  }

  private Activation activation(Activation activation) {
    boolean logistic =
        activation.function() == ActivationFunction.LOGISTIC
            || activation.function() == ActivationFunction.LOG_SIGMOID;
    if (!logistic || overrides.logistic().isEmpty()) {
      return activation;
    }
    return new Activation(
        overrides.logistic().get() == LogisticReading.LOGISTIC
            ? ActivationFunction.LOGISTIC
            : ActivationFunction.LOG_SIGMOID,
        activation.scale());
  }

  /** An ℓ₂ penalty in the other form covers what that form does; one in the same form stays. */
  private Penalty penalty(Penalty penalty) {
    return overrides.penaltyForm().map(form -> form.of(penalty)).orElse(penalty);
  }

  private Optimizer optimizer(Optimizer optimizer) {
    if (optimizer instanceof Optimizer.Adam adam) {
      return new Optimizer.Adam(
          adam.learningRate(),
          adam.beta1(),
          adam.beta2(),
          overrides.epsilon().orElse(adam.epsilon()),
          overrides.epsilonForm().orElse(adam.form()));
    }
    return optimizer;
  }
}
