package org.unvanish.internal.stage;

import java.util.HashMap;
import java.util.Map;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Convolutional.Convolution1d;
import org.unvanish.network.Convolutional.SeparableConvolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Dropout;
import org.unvanish.network.Embedding;
import org.unvanish.network.Layer;
import org.unvanish.network.Normalization.BatchNormalization;
import org.unvanish.network.Normalization.GroupNormalization;
import org.unvanish.network.Normalization.LayerNormalization;
import org.unvanish.network.Softmax;

/**
 * The engine's table of layer kinds. Activations are not in it, as they may share the tensors of
 * their neighbours, nor are blocks: {@link Layout} lays them out.
 */
final class StageTable {

  private static final Map<Class<? extends Layer>, LayerStages<?>> KINDS = kinds();

  private StageTable() {}

  private static Map<Class<? extends Layer>, LayerStages<?>> kinds() {
    Map<Class<? extends Layer>, LayerStages<?>> kinds = new HashMap<>(PoolingStage.KINDS);
    kinds.putAll(RecurrentStage.KINDS);
    kinds.put(Convolution.class, ConvolutionStage.CONVOLUTION);
    kinds.put(SeparableConvolution.class, DepthwiseStage.SEPARABLE_CONVOLUTION);
    kinds.put(Convolution1d.class, WindowStage.CONVOLUTION_1D);
    kinds.put(Dense.class, DenseStage.DENSE);
    kinds.put(Embedding.class, EmbeddingStage.EMBEDDING);
    kinds.put(BatchNormalization.class, BatchNormalizationStage.BATCH_NORMALIZATION);
    kinds.put(LayerNormalization.class, GroupNormalizationStage.LAYER_NORMALIZATION);
    kinds.put(GroupNormalization.class, GroupNormalizationStage.GROUP_NORMALIZATION);
    kinds.put(Dropout.class, DropoutStage.DROPOUT);
    kinds.put(Softmax.class, SoftmaxStage.SOFTMAX);
    return kinds;
  }

  /**
   * The entry of a layer's kind.
   *
   * @throws IllegalStateException if the table has none
   */
  @SuppressWarnings("unchecked") // Each kind stands beside its own entry.
  static <L extends Layer> LayerStages<L> entry(L layer) {
    LayerStages<?> entry = KINDS.get(layer.getClass());
    if (entry == null) {
      throw new IllegalStateException("the engine has no stages for a layer " + layer.name());
    }
    return (LayerStages<L>) entry;
  }

  /** Zeros that a layer reads around its input. */
  static int padding(Layer layer) {
    return entry(layer).padding().applyAsInt(layer);
  }
}
