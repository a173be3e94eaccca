package org.unvanish.benchmarks;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Shape;
import org.unvanish.internal.kernel.LaneValues;
import org.unvanish.internal.kernel.Lanes;
import org.unvanish.internal.stage.LaneNetwork;
import org.unvanish.network.Dense;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.Recurrent.Gru;
import org.unvanish.network.Recurrent.Lstm;
import org.unvanish.network.Recurrent.SimpleRecurrent;

/** A whole recurrent layer of 64 units on a block of sequences of 100 steps with 2 features. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SequenceBenchmark {

  private static final int UNITS = 64;
  private static final Shape SEQUENCE = new Shape(2, 100, 1);
  private static final int OUTPUTS = 2;

  /** The layer. */
  @Param({"recurrent", "lstm", "gru"})
  public String layer;

  private LaneNetwork network;
  private float[] parameters;
  private float[] gradient;
  private long forward;
  private long training;

  private final LaneNetwork.Visitor visitor =
      new LaneNetwork.Visitor() {
        @Override
        public void enter(int from, int samples) {
          // The sequences are there.
        }

        @Override
        public void leave(int from, int samples) {
          // So is the gradient with respect to the output.
        }
      };

  /** Lays out the network, with parameters and sequences drawn at random. */
  @Setup
  public void setUp() {
    Activation tanh = Activation.of(ActivationFunction.TANH);
    Layer recurrent =
        switch (layer) {
          case "recurrent" -> new SimpleRecurrent(UNITS, tanh);
          case "lstm" -> new Lstm(UNITS, tanh);
          default -> new Gru(UNITS, tanh);
        };
    Network whole = new Network(SEQUENCE, List.of(recurrent, new Dense(OUTPUTS, true)));
    network = new LaneNetwork(whole);
    forward = 2 * Lanes.COUNT * recurrent.multiplyAdds(SEQUENCE);
    // Nobody needs the gradient with respect to the sequence.
    long byInput = 2L * Lanes.COUNT * whole.parameters().get(0).size();
    training = 3 * forward - byInput * SEQUENCE.rows();
    parameters = new float[whole.parameterCount()];
    gradient = new float[parameters.length];
    Random random = new Random(1);
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = (float) (random.nextGaussian() / Math.sqrt(UNITS));
    }
    LaneValues.replaceAll(network.input(), Lanes.COUNT, zero -> random.nextFloat());
    LaneValues.replaceAll(network.outputGradient(), Lanes.COUNT, zero -> random.nextFloat());
    network.setParameters(parameters);
  }

  /** Forward alone. */
  @Benchmark
  public LaneNetwork prediction(Work work) {
    network.predict(Lanes.COUNT, visitor);
    work.flop += forward;
    return network;
  }

  /** Forward, back, and the gradient of all parameters. */
  @Benchmark
  public float[] training(Work work) {
    network.setParameters(parameters);
    network.train(Lanes.COUNT, gradient, visitor);
    work.flop += training;
    return gradient;
  }
}
