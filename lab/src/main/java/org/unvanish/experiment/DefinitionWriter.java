package org.unvanish.experiment;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.ByteBuffer;
import java.util.List;
import org.unvanish.activation.Activation;
import org.unvanish.activation.Scale;
import org.unvanish.initialization.Initialization;
import org.unvanish.network.Layer;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.penalty.Penalty;
import org.unvanish.train.Trainer;
import org.unvanish.train.TrainingSettings;

/**
 * Writes a {@link Definition}. What it writes is stored and hashed: another wording makes every
 * stored run look like one of another arm.
 */
final class DefinitionWriter {

  private final StringBuilder text = new StringBuilder();

  DefinitionWriter(Arm arm, DataDescription data) {
    TrainingSettings settings = arm.settings();
    line("revision of the engine", Trainer.REVISION);
    arm.backend().definition().ifPresent(backend -> line(Definition.BACKEND, backend));
    line("SHA-256 of the data", data.sha256());
    line("training samples", data.trainSamples());
    line("test samples", data.testSamples());
    line("pixels", settings.pixelScaling().name());
    line("batch size", settings.batchSize());
    settings.loss().definition().ifPresent(loss -> line("loss", loss));
    line("optimiser", describe(settings.optimizer()));
    line("penalty", describe(settings.penalty()));
    line("initial weights", describe(settings.weights()));
    line("initial biases", describe(settings.biases()));
    line("input", arm.network().input());
    List<Layer> layers = arm.network().layers();
    for (int i = 0; i < layers.size(); i++) {
      line("layer " + (i + 1), describe(layers.get(i)));
    }
  }

  String text() {
    return text.toString();
  }

  private void line(String key, Object value) {
    text.append(key).append(": ").append(value).append('\n');
  }

  private static String describe(Optimizer optimizer) {
    if (optimizer instanceof Optimizer.Adam adam) {
      return "Adam, learning rate %s, beta1 %s, beta2 %s, epsilon %s %s"
          .formatted(
              number(adam.learningRate()),
              number(adam.beta1()),
              number(adam.beta2()),
              number(adam.epsilon()),
              adam.form());
    }
    Optimizer.Sgd sgd = (Optimizer.Sgd) optimizer;
    return "SGD, learning rate %s, momentum %s"
        .formatted(number(sgd.learningRate()), number(sgd.momentum()));
  }

  private static String describe(Penalty penalty) {
    if (penalty instanceof Penalty.L2 l2) {
      return "L2, r = %s on %s".formatted(number(l2.r()), l2.scope());
    } else if (penalty instanceof Penalty.KerasL2 l2) {
      return "Keras's L2, r = %s on %s".formatted(number(l2.r()), l2.scope());
    } else if (penalty instanceof Penalty.L1 l1) {
      return "L1, r = %s on %s".formatted(number(l1.r()), l1.scope());
    } else if (penalty instanceof Penalty.ElasticNet net) {
      return "elastic net, r1 = %s, r2 = %s on %s"
          .formatted(number(net.r1()), number(net.r2()), net.scope());
    }
    return "none";
  }

  private static String describe(Initialization values) {
    if (values instanceof Initialization.Uniform uniform) {
      return "uniform on ±" + number(uniform.bound());
    } else if (values instanceof Initialization.Normal normal) {
      return "normal with deviation " + number(normal.deviation());
    } else if (values instanceof Initialization.Glorot) {
      return "Glorot";
    } else if (values instanceof Initialization.He) {
      return "He";
    } else if (values instanceof Initialization.Given given) {
      return given.values().size() + " given, SHA-256 " + sha256(given.values());
    }
    return "zeros";
  }

  private static String describe(Layer layer) {
    if (layer instanceof Layer.Convolution c) {
      return "convolution " + filters(c.kernel(), c.filters(), c.bias());
    } else if (layer instanceof Layer.SeparableConvolution c) {
      return "separable convolution " + filters(c.kernel(), c.filters(), c.bias());
    } else if (layer instanceof Layer.MaxPooling pooling) {
      return "max pooling by " + pooling.size();
    } else if (layer instanceof Layer.AveragePooling pooling) {
      return "average pooling by " + pooling.size();
    } else if (layer instanceof Layer.Dense dense) {
      return "dense, " + dense.units() + " units" + bias(dense.bias());
    }
    return describe(((Layer.Activated) layer).activation());
  }

  private static String filters(int kernel, int filters, boolean bias) {
    return kernel + "×" + kernel + ", " + filters + " filters" + bias(bias);
  }

  private static String bias(boolean present) {
    return present ? " with bias" : "";
  }

  private static String describe(Activation activation) {
    String function = activation.function().label();
    if (activation.scale() instanceof Scale.Fixed fixed) {
      return "%s, alpha %s".formatted(function, number(fixed.alpha()));
    } else if (activation.scale() instanceof Scale.Learned learned) {
      return "%s, alpha learned from %s".formatted(function, number(learned.initialAlpha()));
    }
    return "%s, times %s".formatted(function, number(((Scale.Naive) activation.scale()).factor()));
  }

  /**
   * The fewest decimal digits that read back to the same bits. Not {@code Double.toString}: for
   * some numbers, JDK 19 and later write fewer digits than JDK 17.
   */
  static String number(double value) {
    BigDecimal exact = new BigDecimal(value);
    int digits = 1;
    BigDecimal rounded = exact.round(new MathContext(digits));
    while (rounded.doubleValue() != value) {
      digits++;
      rounded = exact.round(new MathContext(digits));
    }
    return rounded.stripTrailingZeros().toString();
  }

  private static String sha256(List<Float> values) {
    ByteBuffer bits = ByteBuffer.allocate(Math.multiplyExact(4, values.size()));
    values.forEach(bits::putFloat);
    return Sha256.of(bits.array());
  }
}
