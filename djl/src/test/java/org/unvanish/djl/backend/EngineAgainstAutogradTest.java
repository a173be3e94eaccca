package org.unvanish.djl.backend;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.PixelScaling;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor;
import org.unvanish.train.BatchGradients;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.InitialValues;
import org.unvanish.train.Optimizer;
import org.unvanish.train.Trainer;
import org.unvanish.train.TrainingObserver;
import org.unvanish.train.TrainingSettings;
import org.unvanish.train.TrainingStep;

/** Gradients of the engine's first step against PyTorch's autograd at the same parameters. */
class EngineAgainstAutogradTest {

  private static final int NETWORKS = 6;
  private static final PyTorch TORCH = PyTorch.load();

  /** A network with its settings and a batch: all of its training data, in their order. */
  private record Case(Network network, TrainingSettings settings, Dataset data) {

    static Case of(Cases cases, Activation activation) {
      Network network = cases.network(activation);
      int batch = cases.oneOf(1, 7, 16, 33);
      TrainingSettings settings =
          new TrainingSettings(
              new Optimizer.Sgd(0.1, 0),
              cases.penalty(),
              cases.oneOf(new InitialValues.Glorot(), new InitialValues.He()),
              new InitialValues.Normal(0.1),
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

    BatchGradients byTorch(TorchArithmetic torch, float[] parameters) {
      torch.start(parameters);
      int count = data.train().count();
      return torch.gradients(IntStream.range(0, count).toArray(), 0, count);
    }

    TorchArithmetic torch() {
      return new TorchArithmetic(network, settings, data, TORCH.device());
    }
  }

  /** Keeps the first step. */
  private static final class First implements TrainingObserver {
    private double loss;
    private float[] parameters = {};
    private float[] data = {};
    private float[] total = {};

    @Override
    public void stepTaken(TrainingStep step) {
      loss = step.loss();
      parameters = step.parameters().clone();
      data = step.dataGradient().clone();
      total = step.totalGradient().clone();
    }

    @Override
    public void epochFinished(EpochRecord epoch, Checkpoint checkpoint) {}
  }

  @ParameterizedTest
  @EnumSource
  void everyGradientAgreesToSinglePrecision(ActivationFunction function) {
    Cases cases = new Cases(function.ordinal());
    for (int i = 0; i < NETWORKS; i++) {
      for (Activation activation : cases.activations(function)) {
        Case c = Case.of(cases, activation);
        First engine = c.byEngine();
        try (TorchArithmetic torch = c.torch()) {
          BatchGradients other = c.byTorch(torch, engine.parameters);
          int batch = c.data().train().count();
          System.out.println(
              function
                  + " loss "
                  + Math.abs(engine.loss - other.loss() / batch) / engine.loss
                  + " data "
                  + worst(c, engine.data, other.data())
                  + " total "
                  + worst(c, engine.total, other.total()));
        }
      }
    }
  }

  /** The largest distance of a parameter tensor's gradients, relative to their norm. */
  private static double worst(Case c, float[] engine, float[] torch) {
    double worst = 0;
    for (ParameterTensor tensor : c.network().parameters()) {
      double norm = 0;
      double distance = 0;
      for (int i = tensor.offset(); i < tensor.end(); i++) {
        norm += (double) engine[i] * engine[i];
        distance += ((double) engine[i] - torch[i]) * ((double) engine[i] - torch[i]);
      }
      worst = Math.max(worst, Math.sqrt(distance) / Math.sqrt(norm));
    }
    return worst;
  }
}
