package org.unvanish.spec;

import java.util.List;
import java.util.Optional;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.DataSource;
import org.unvanish.network.Convolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Layer;
import org.unvanish.network.SeparableConvolution;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.penalty.Penalty;
import org.unvanish.spec.Overrides.ConvolutionKind;
import org.unvanish.spec.Overrides.LogisticReading;
import org.unvanish.spec.Overrides.PenaltyForm;

/** Applies {@link Overrides} to a spec. */
final class Overriding {

  private final Overrides overrides;

  Overriding(Overrides overrides) {
    this.overrides = overrides;
  }

  ExperimentSpec apply(ExperimentSpec spec) {
    return new ExperimentSpec(
        spec.name(),
        spec.title(),
        data(spec.dataSource()),
        overrides.pixels().orElse(spec.pixels()),
        spec.network().stream().map(this::layer).toList(),
        spec.arms().stream().map(this::arm).toList(),
        spec.written().with(overrides));
  }

  private DataSource data(DataSource data) {
    boolean replaced = overrides.data().isPresent();
    return new DataSource(
        overrides.data().orElse(data.source()),
        replaced ? Optional.empty() : data.format(),
        replaced ? Optional.empty() : data.labelColumn(),
        !replaced && data.labelsAreClasses(),
        data.testShare(),
        overrides.trainSamples().isPresent() ? overrides.trainSamples() : data.trainSamples(),
        data.seed());
  }

  private LayerSpec layer(LayerSpec spec) {
    if (spec instanceof LayerSpec.Repeat repeat) {
      List<LayerSpec> layers = repeat.layers().stream().map(this::layer).toList();
      return new LayerSpec.Repeat(repeat.times(), layers, repeat.place());
    }
    if (spec instanceof LayerSpec.Classes classes) {
      return new LayerSpec.Classes(overrides.biases().orElse(classes.bias()), classes.place());
    }
    return spec instanceof LayerSpec.Fixed fixed
        ? new LayerSpec.Fixed(changed(fixed.layer()), fixed.place())
        : spec;
  }

  private Layer changed(Layer layer) {
    if (layer instanceof Dense dense) {
      return new Dense(dense.units(), overrides.biases().orElse(dense.bias()));
    }
    return overrides.convolutions().map(kind -> convolution(layer, kind)).orElse(layer);
  }

  private static Layer convolution(Layer layer, ConvolutionKind kind) {
    if (layer instanceof Convolution c && kind == ConvolutionKind.SEPARABLE) {
      return new SeparableConvolution(c.kernel(), c.filters(), c.bias());
    }
    if (layer instanceof SeparableConvolution c && kind == ConvolutionKind.PLAIN) {
      return new Convolution(c.kernel(), c.filters(), c.bias());
    }
    return layer;
  }

  private ArmSpec arm(ArmSpec arm) {
    return new ArmSpec(
        arm.name(),
        arm.activations().stream().map(this::activation).toList(),
        penalty(arm.penalty()),
        arm.weights(),
        arm.biases(),
        optimizer(arm.optimizer()),
        arm.backend(),
        overrides.batchSize().orElse(arm.batchSize()),
        overrides.epochs().orElse(arm.epochs()),
        overrides.seeds().orElse(arm.seeds()));
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

  private Penalty penalty(Penalty penalty) {
    Optional<PenaltyForm> form = overrides.penaltyForm();
    if (penalty instanceof Penalty.L2 l2 && form.equals(Optional.of(PenaltyForm.KERAS))) {
      return new Penalty.KerasL2(l2.r(), Penalty.Scope.WEIGHTS);
    }
    if (penalty instanceof Penalty.KerasL2 l2 && form.equals(Optional.of(PenaltyForm.PAPER))) {
      return new Penalty.L2(l2.r(), Penalty.Scope.ALL);
    }
    return penalty;
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
