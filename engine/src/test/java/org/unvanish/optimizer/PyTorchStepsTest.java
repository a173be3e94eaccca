package org.unvanish.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.unvanish.data.Shape;
import org.unvanish.network.Dense;
import org.unvanish.network.Network;
import org.unvanish.optimizer.Optimizer.AdamW;
import org.unvanish.optimizer.Optimizer.RmsProp;
import org.unvanish.optimizer.Optimizer.Sgd;
import org.unvanish.optimizer.Schedule.Decay;
import org.unvanish.optimizer.Schedule.Unit;
import org.unvanish.optimizer.Schedule.WarmUp;

/**
 * Twenty steps against PyTorch's own optimizers, schedules and clipping in double precision; {@code
 * pytorch-optimizers.py} made the numbers.
 */
class PyTorchStepsTest {

  private static final int PARAMETERS = 4;
  private static final int STEPS = 20;

  private record Setting(Optimizer optimizer, Schedule schedule, Clipping clipping) {
    Setting(Optimizer optimizer) {
      this(optimizer, Schedule.CONSTANT, Clipping.none());
    }

    Setting(Clipping clipping) {
      this(new Sgd(0.1, 0), Schedule.CONSTANT, clipping);
    }

    Setting(Optimizer optimizer, WarmUp warmUp, Decay decay) {
      this(optimizer, new Schedule(warmUp, decay), Clipping.none());
    }
  }

  private static final Map<String, Setting> SETTINGS =
      Map.ofEntries(
          Map.entry("adam", new Setting(Optimizer.Adam.DEFAULT)),
          Map.entry("adamw", new Setting(AdamW.DEFAULT)),
          Map.entry("adamw-strong", new Setting(new AdamW(0.05, 0.8, 0.9, 1e-3, 0.5))),
          Map.entry("sgd", new Setting(new Sgd(0.1, 0))),
          Map.entry("momentum", new Setting(new Sgd(0.1, 0.9))),
          Map.entry("nesterov", new Setting(new Sgd(0.1, 0.9, true))),
          Map.entry("rmsprop", new Setting(RmsProp.DEFAULT)),
          Map.entry("rmsprop-momentum", new Setting(new RmsProp(0.02, 0.9, 1e-3, 0.5))),
          Map.entry("adagrad", new Setting(Optimizer.Adagrad.DEFAULT)),
          Map.entry("adagrad-large", new Setting(new Optimizer.Adagrad(0.5, 1e-3))),
          Map.entry("clip-norm", new Setting(new Clipping.Norm(0.25))),
          Map.entry("clip-value", new Setting(new Clipping.Value(0.125))),
          Map.entry("step", new Setting(new Sgd(0.1, 0), WarmUp.NONE, new Decay.Step(2, 0.5))),
          Map.entry(
              "cosine",
              new Setting(
                  new AdamW(0.1, 0.9, 0.999, 1e-8, 0.1), WarmUp.NONE, new Decay.Cosine(3, 0.25))),
          Map.entry(
              "warm-up",
              new Setting(new Sgd(0.1, 0), new WarmUp(8, Unit.STEPS), new Decay.None())));

  private static List<String[]> rows() throws IOException {
    try (InputStream in = PyTorchStepsTest.class.getResourceAsStream("pytorch-optimizers.csv")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().skip(1).map(line -> line.split(",")).toList();
    }
  }

  static Stream<String> cases() throws IOException {
    return rows().stream().map(row -> row[0]).distinct();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyStepAgreesToSinglePrecision(String name) throws IOException {
    Setting setting = SETTINGS.get(name);
    Network network = new Network(Shape.flat(1), List.of(new Dense(PARAMETERS, false)));
    Updater updater =
        new Updater(setting.optimizer(), setting.schedule(), setting.clipping(), network, 5);
    float[] theta = {0.5f, -1, 1.5f, -2};
    List<String[]> steps = rows().stream().filter(row -> row[0].equals(name)).toList();
    assertThat(steps).hasSize(STEPS);
    for (int k = 1; k <= STEPS; k++) {
      float[] gradient = new float[PARAMETERS];
      for (int i = 0; i < PARAMETERS; i++) {
        gradient[i] = ((7 * k + 5 * i) % 11 - 5) / 8f / (1 << 2 * i);
      }
      updater.update(theta, gradient);
      for (int i = 0; i < PARAMETERS; i++) {
        double expected = Double.parseDouble(steps.get(k - 1)[2 + i]);
        // A rounding of each step so far, of a parameter of at most 4.
        assertThat((double) theta[i])
            .as("parameter %s after step %s", i, k)
            .isCloseTo(expected, within(k * 0x1p-22));
      }
    }
  }

  @Test
  void everySettingIsACase() throws IOException {
    assertThat(cases()).containsExactlyInAnyOrderElementsOf(SETTINGS.keySet());
  }
}
