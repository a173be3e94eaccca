package org.unvanish.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.gradient.GradientSource;
import org.unvanish.initialization.Initialization;
import org.unvanish.initialization.Initializer;
import org.unvanish.internal.kernel.ImageKernel;
import org.unvanish.internal.kernel.Lanes;
import org.unvanish.internal.kernel.LossKernel;
import org.unvanish.internal.stage.LaneNetwork;
import org.unvanish.internal.stage.LossTable;
import org.unvanish.internal.stage.Stage;
import org.unvanish.network.Activated;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.NetworkBuilder;
import org.unvanish.network.Pooling.MaxPooling;
import org.unvanish.network.Residual;
import org.unvanish.optimizer.Updater;
import org.unvanish.penalty.Penalty;
import org.unvanish.probe.PaperCases;

/**
 * Where the time of a training step goes, on the paper's three networks and some larger ones, or
 * those that are named, with batches of 32: the best of many rounds for each kind of work, in
 * nanoseconds a sample.
 *
 * <pre>
 * mvn -pl engine dependency:build-classpath -Dmdep.outputFile=target/classpath
 * java FLAGS -cp engine/target/test-classes:engine/target/classes:core/target/classes:\
 *   $(cat engine/target/classpath) org.unvanish.train.StageCost
 * </pre>
 */
public final class StageCost {

  private static final int BATCH = 32;
  private static final int ROUNDS = 30;
  private static final int STEPS = 400;

  private final List<String> works = new ArrayList<>();
  private final long[] times = new long[30];
  private final long[] best = new long[30];
  private long last;

  private final int steps;

  private StageCost(int steps) {
    this.steps = steps;
  }

  /** Prints a table for each network. */
  public static void main(String[] arguments) {
    Map<String, Function<ActivationFunction, Network>> networks = new LinkedHashMap<>();
    networks.put("table 1", PaperCases::table1);
    networks.put("table 2", PaperCases::table2);
    networks.put("table 3", PaperCases::table3);
    networks.put("wide", StageCost::wide);
    networks.put("mlp", StageCost::mlp);
    networks.put("residual", StageCost::residual);
    List<String> wanted = List.of(arguments);
    networks.forEach(
        (name, network) -> {
          if (wanted.isEmpty() || wanted.contains(name)) {
            new StageCost(name.startsWith("table") ? STEPS : STEPS / 20).print(name, network);
          }
        });
  }

  /** The wide network of docs/performance.md. */
  private static Network wide(ActivationFunction function) {
    return Network.builder(PaperCases.data().shape())
        .convolution(3, 32)
        .activation(function)
        .maxPooling(2)
        .convolution(3, 64)
        .activation(function)
        .maxPooling(2)
        .convolution(3, 64)
        .activation(function)
        .maxPooling(2)
        .layer(new Dense(128, true))
        .activation(function)
        .layer(new Dense(10, true))
        .build();
  }

  /** Ten hidden layers of 256 units. */
  private static Network mlp(ActivationFunction function) {
    NetworkBuilder builder = Network.builder(PaperCases.data().shape());
    for (int i = 0; i < 10; i++) {
      builder.layer(new Dense(256, true)).activation(function);
    }
    return builder.layer(new Dense(10, true)).build();
  }

  /** Thirty convolutions of 16 channels, two in each residual block. */
  private static Network residual(ActivationFunction function) {
    List<Layer> layers = new ArrayList<>(List.of(new Convolution(3, 16, false)));
    Layer activation = new Activated(Activation.of(function));
    for (int block = 0; block < 15; block++) {
      if (block % 5 == 0) {
        layers.add(new MaxPooling(2));
      }
      layers.add(
          new Residual(
              List.of(new Convolution(3, 16, false), activation, new Convolution(3, 16, false)),
              false));
      layers.add(activation);
    }
    layers.add(new Dense(10, true));
    return new Network(PaperCases.data().shape(), layers);
  }

  private void print(String name, Function<ActivationFunction, Network> makes) {
    Network network = makes.apply(ActivationFunction.TANH);
    measure(network);
    long all = Arrays.stream(best).sum();
    System.out.println(name);
    for (int i = 0; i < works.size(); i++) {
      System.out.printf(
          Locale.ROOT,
          "  %-36s %7.0f ns %5.1f %%%n",
          works.get(i),
          (double) best[i] / steps / BATCH,
          100.0 * best[i] / all);
    }
    System.out.printf(Locale.ROOT, "  %-36s %7.0f ns%n", "all", (double) all / steps / BATCH);
  }

  private void measure(Network network) {
    Dataset data = PaperCases.data();
    TrainingSettings settings = PaperCases.settings(new Initialization.Glorot(), Penalty.none());
    float[] parameters =
        Initializer.draw(network, settings.weights(), settings.biases(), 1).clone();
    float[] gradient = new float[parameters.length];
    LaneNetwork lanes = new LaneNetwork(network);
    List<Stage> stages = new ArrayList<>();
    lanes.layers().forEach(layer -> stages.addAll(layer.stages()));
    ImageKernel images = new ImageKernel(data.train(), PixelScaling.UNIT.fit(data.train()));
    LossKernel softmax =
        LossTable.kernel(settings.loss(), network.outputs(), data.train().targets());
    Updater updater =
        new Updater(
            settings.optimizer(),
            settings.schedule(),
            settings.clipping(),
            network,
            settings.stepsPerEpoch(data.train().count()));
    GradientRecorders recorders = new GradientRecorders(network.parameters(), false);
    int[] order = Trainer.firstOrder(1, data.train().count());
    int exchange = work("parameters and gradients, to and fro");
    int gather = work("images into lanes");
    int[] forward = stages.stream().mapToInt(stage -> work(kind(stage) + " forward")).toArray();
    int loss = work("softmax");
    int[] own =
        stages.stream().mapToInt(stage -> work(kind(stage) + " parameter gradient")).toArray();
    int[] input =
        stages.stream().mapToInt(stage -> work(kind(stage) + " input gradient")).toArray();
    int recording = work("recording");
    int adam = work("Adam");
    Arrays.fill(best, Long.MAX_VALUE);
    for (int round = 0; round < ROUNDS; round++) {
      Arrays.fill(times, 0);
      last = System.nanoTime();
      for (int step = 0; step < steps; step++) {
        int from = step * BATCH % (order.length - BATCH);
        lanes.setParameters(parameters);
        for (Stage stage : stages) {
          stage.gatherIn(gradient);
        }
        softmax.clear();
        took(exchange);
        for (int block = 0; block < BATCH; block += Lanes.COUNT) {
          images.gather(order, from + block, Lanes.COUNT, lanes.input());
          took(gather);
          for (int i = 0; i < forward.length; i++) {
            stages.get(i).forward();
            took(forward[i]);
          }
          softmax.forward(lanes.output(), order, from + block, Lanes.COUNT);
          softmax.gradient(Lanes.COUNT, BATCH, lanes.outputGradient());
          took(loss);
          for (int i = stages.size() - 1; i >= 0; i--) {
            stages.get(i).addParameterGradients();
            took(own[i]);
            if (i > 0) {
              stages.get(i).inputGradient();
              took(input[i]);
            }
          }
        }
        for (Stage stage : stages) {
          stage.collect(gradient);
        }
        took(exchange);
        recorders.record(GradientSource.DATA, gradient);
        took(recording);
        updater.update(parameters, gradient);
        took(adam);
      }
      Arrays.setAll(best, i -> Math.min(best[i], times[i]));
    }
  }

  private static String kind(Stage stage) {
    return stage.getClass().getSimpleName().replace("Stage", "").toLowerCase(Locale.ROOT);
  }

  /** The place of a kind of work, which stages share. */
  private int work(String name) {
    if (!works.contains(name)) {
      works.add(name);
    }
    return works.indexOf(name);
  }

  private void took(int work) {
    long now = System.nanoTime();
    times[work] += now - last;
    last = now;
  }
}
