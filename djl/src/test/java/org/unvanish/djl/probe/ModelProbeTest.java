package org.unvanish.djl.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.recurrent.GRU;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.dataset.Batch;
import ai.djl.training.loss.Loss;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.probe.RemedyProbe;

class ModelProbeTest {

  private static final int UNITS = 4;
  private static final int FEATURES = 3;

  private static ModelProbe probe(NDManager manager) throws Exception {
    Block block =
        new SequentialBlock()
            .add(GRU.builder().setStateSize(UNITS).setNumLayers(1).build())
            .add(
                new LambdaBlock(
                    states -> new NDList(states.head().get(new NDIndex(":,-1,:"))), "last"))
            .add(Linear.builder().setUnits(5).build())
            .add(Activation::tanh)
            .add(Linear.builder().setUnits(2).build());
    Shape shape = new Shape(8, 6, FEATURES);
    block.initialize(manager, DataType.FLOAT32, shape);
    ArrayDataset data =
        new ArrayDataset.Builder()
            .setData(manager.randomNormal(shape))
            .optLabels(manager.zeros(new Shape(8)))
            .setSampling(8, false)
            .build();
    List<Batch> batches = KeptBatches.first(1, data.getData(manager), manager);
    return new ModelProbe(block, batches, Loss.softmaxCrossEntropyLoss(), manager);
  }

  @Test
  void otherProbesStartFromThePresentValuesWhateverIsMeasured() throws Exception {
    try (NDManager manager = NDManager.newBaseManager()) {
      ModelProbe probe = probe(manager);
      MeasuredBackward scaled = probe.scaled(2).initial();
      MeasuredBackward standardised = probe.standardised().initial();
      probe.measure(new float[probe.present().length], 0);
      assertThat(probe.scaled(2).initial()).isEqualTo(scaled);
      assertThat(probe.standardised().initial()).isEqualTo(standardised);
    }
  }

  @Test
  void recurrentWeightsStartOrthogonalGateByGateAndAllElseStays() throws Exception {
    try (NDManager manager = NDManager.newBaseManager()) {
      ModelProbe probe = probe(manager);
      Optional<RemedyProbe> orthogonal = probe.withOrthogonalRecurrent();
      float[] values = orthogonal.orElseThrow().initialValues();
      float[] before = probe.initialValues();
      int first = 3 * UNITS * FEATURES;
      int end = first + 3 * UNITS * UNITS;
      for (int i = 0; i < values.length; i++) {
        assertThat(values[i] == before[i]).isEqualTo(i < first || i >= end);
      }
      for (int row = 0; row < 3 * UNITS; row++) {
        int gate = row / UNITS * UNITS;
        for (int other = gate; other < gate + UNITS; other++) {
          double product = 0;
          for (int column = 0; column < UNITS; column++) {
            product +=
                values[first + row * UNITS + column] * values[first + other * UNITS + column];
          }
          assertThat(product).isCloseTo(row == other ? 1 : 0, within(1e-6));
        }
      }
      // Scaled, it starts from these, too.
      assertThat(orthogonal.get().scaled(3).initialValues()).isEqualTo(values);
    }
  }
}
