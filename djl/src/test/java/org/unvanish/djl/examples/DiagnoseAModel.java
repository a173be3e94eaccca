package org.unvanish.djl.examples;

import ai.djl.Model;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.dataset.ArrayDataset;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.djl.DjlDiagnosis;
import org.unvanish.djl.Explanation;

/** Asks why the gradients of a model vanish, and what to do about it. */
public final class DiagnoseAModel {

  private DiagnoseAModel() {}

  public static void main(String[] arguments) throws Exception {
    SequentialBlock block = new SequentialBlock();
    for (int i = 0; i < 8; i++) {
      block.add(Linear.builder().setUnits(16).build()).add(Activation.sigmoidBlock());
    }
    block.add(Linear.builder().setUnits(2).build());
    try (Model model = Model.newInstance("deep")) {
      NDManager manager = model.getNDManager();
      block.initialize(manager, DataType.FLOAT32, new Shape(32, 4));
      model.setBlock(block);
      // The one line: a model and batches.
      Explanation explanation = DjlDiagnosis.explain(model, data(manager).getData(manager));
      System.out.println(explanation);
      SnapshotDiagnosis snapshot = explanation.diagnosis().decisive();
      for (int i = 0; i < snapshot.layers().size(); i++) {
        System.out.println(
            snapshot.evidence().layers().get(i).name() + ": " + snapshot.layers().get(i));
      }
    }
  }

  private static ArrayDataset data(NDManager manager) {
    float[] labels = new float[256];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % 2;
    }
    return new ArrayDataset.Builder()
        .setData(manager.randomNormal(new Shape(labels.length, 4)))
        .optLabels(manager.create(labels))
        .setSampling(32, true)
        .build();
  }
}
