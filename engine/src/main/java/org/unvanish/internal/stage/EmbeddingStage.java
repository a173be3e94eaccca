package org.unvanish.internal.stage;

import java.util.List;
import org.unvanish.internal.kernel.EmbeddingKernel;
import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.network.Embedding;

/** An embedding. */
final class EmbeddingStage extends Stage {

  /** Of {@link Embedding}. */
  static final LayerStages<Embedding> EMBEDDING =
      new LayerStages<>(
          layer -> 0,
          layer -> 0,
          false,
          (layer, place) -> List.of(new EmbeddingStage(layer, place)));

  private final Pass pass;
  private final LaneTensor in;
  private final LaneTensor out;
  private final LaneTensor outGradient;
  private final LaneTensor inGradient;
  private final int offset;
  private final EmbeddingKernel kernel;

  private EmbeddingStage(Embedding layer, LayerStages.Place place) {
    this.pass = place.pass();
    this.in = place.input();
    this.out = place.output();
    this.outGradient = place.outputGradient();
    this.inGradient = place.inputGradient();
    this.offset = place.parameters().get(0).offset();
    this.kernel = new EmbeddingKernel(layer.column(), layer.categories(), layer.size());
  }

  @Override
  public void setParameters(float[] parameters) {
    kernel.begin(parameters, offset);
  }

  @Override
  public void forward() {
    kernel.forward(in, out);
  }

  @Override
  public void addParameterGradients() {
    kernel.addGradient(in, outGradient, pass.samples());
  }

  @Override
  public void inputGradient() {
    kernel.inputGradient(outGradient, inGradient);
  }

  @Override
  public void collect(float[] gradient) {
    kernel.collect(gradient, offset);
  }
}
