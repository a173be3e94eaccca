package org.unvanish.internal.stage;

import java.util.List;
import org.unvanish.internal.kernel.BatchNormalizationKernel;
import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.network.Normalization.BatchNormalization;
import org.unvanish.network.ParameterTensor;

/** Batch normalization: by the batch in training, by running mean and variance otherwise. */
final class BatchNormalizationStage extends BatchStage {

  /** Of {@link BatchNormalization}. */
  static final LayerStages<BatchNormalization> BATCH_NORMALIZATION =
      new LayerStages<>(
          layer -> 0,
          layer -> 0,
          false,
          (layer, place) -> List.of(new BatchNormalizationStage(layer, place)));

  private final Pass pass;
  private final LaneTensor in;
  private final LaneTensor out;
  private final LaneTensor outGradient;
  private final LaneTensor inGradient;
  private final int gamma;
  private final int beta;
  private final int mean;
  private final int variance;
  private final double momentum;
  private final BatchNormalizationKernel kernel;

  private BatchNormalizationStage(BatchNormalization layer, LayerStages.Place place) {
    List<ParameterTensor> own = place.parameters();
    this.pass = place.pass();
    this.in = place.input();
    this.out = place.output();
    this.outGradient = place.outputGradient();
    this.inGradient = place.inputGradient();
    this.gamma = own.get(0).offset();
    this.beta = own.get(1).offset();
    this.mean = own.get(2).offset();
    this.variance = own.get(3).offset();
    this.momentum = layer.momentum();
    this.kernel =
        new BatchNormalizationKernel(
            in.shape().channels(), in.shape().rows() * in.shape().columns(), layer.epsilon());
  }

  @Override
  public void setParameters(float[] parameters) {
    kernel.begin(parameters, gamma, beta);
    kernel.useRunning(parameters, mean, variance);
  }

  @Override
  void observe() {
    kernel.observe(in, pass.samples());
  }

  @Override
  void observed() {
    kernel.useBatch();
  }

  @Override
  void writeStatistics(float[] parameters) {
    kernel.writeRunning(parameters, mean, variance, momentum);
  }

  @Override
  public void forward() {
    kernel.forward(in, out);
  }

  @Override
  public void addParameterGradients() {
    kernel.addGradients(in, outGradient);
  }

  @Override
  public void inputGradient() {
    kernel.inputGradient(in, outGradient, inGradient, pass.samples());
  }

  @Override
  public void collect(float[] gradient) {
    kernel.collect(gradient, gamma, beta);
  }
}
