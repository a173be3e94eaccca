package org.unvanish.internal.stage;

import java.util.List;
import java.util.function.ToIntFunction;
import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.network.Layer;
import org.unvanish.network.ParameterTensor;

/**
 * How the layers of one kind become stages: an entry of the {@link StageTable}.
 *
 * @param <L> the kind
 * @param padding zeros that a layer reads around its input
 * @param gradientPadding zeros that it reads around the gradient with respect to its output
 * @param readsOutput whether it reads its output again on the way back, so that no activation may
 *     overwrite it
 * @param addsBiases whether its biases are added to the output, by a stage that follows its own
 * @param maker makes the stages of a layer, but for such ones of biases
 */
record LayerStages<L extends Layer>(
    ToIntFunction<L> padding,
    ToIntFunction<L> gradientPadding,
    boolean readsOutput,
    boolean addsBiases,
    Maker<L> maker) {

  /** A kind whose biases, if it has any, are added to the output. */
  LayerStages(
      ToIntFunction<L> padding,
      ToIntFunction<L> gradientPadding,
      boolean readsOutput,
      Maker<L> maker) {
    this(padding, gradientPadding, readsOutput, true, maker);
  }

  /**
   * Where a layer stands in a network.
   *
   * @param input what it reads
   * @param inputGradient where the gradient with respect to its input goes
   * @param output what it writes
   * @param outputGradient where the gradient with respect to its output comes from
   * @param parameters its tensors
   * @param pass makes tensors and tells of the batch
   */
  record Place(
      LaneTensor input,
      LaneTensor inputGradient,
      LaneTensor output,
      LaneTensor outputGradient,
      List<ParameterTensor> parameters,
      Pass pass) {}

  /** Makes the stages of a layer. */
  interface Maker<L extends Layer> {
    /** In the order of the forward pass. */
    List<Stage> stages(L layer, Place place);
  }
}
