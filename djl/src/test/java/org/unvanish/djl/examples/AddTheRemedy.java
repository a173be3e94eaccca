package org.unvanish.djl.examples;

import ai.djl.Model;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.loss.Loss;
import org.unvanish.djl.PenaltyLoss;
import org.unvanish.djl.Remedies;
import org.unvanish.penalty.Penalty;

/** Adds both of the paper's remedies to a model that is there already. */
public final class AddTheRemedy {

  private AddTheRemedy() {}

  public static void main(String[] arguments) throws Exception {
    SequentialBlock block = new SequentialBlock();
    for (int i = 0; i < 4; i++) {
      block.add(Linear.builder().setUnits(16).build()).add(Activation.tanhBlock());
    }
    block.add(Linear.builder().setUnits(2).build());
    try (Model model = Model.newInstance("remedied")) {
      // The remedies: α = 2 in every tanh, and (r/2)·Σθ² with r = 0.01 added to the loss.
      Block remedied = Remedies.scale(block, 2);
      Loss loss = new PenaltyLoss(Loss.softmaxCrossEntropyLoss(), remedied, Penalty.l2(0.01));
      model.setBlock(remedied);
      try (Trainer trainer = model.newTrainer(new DefaultTrainingConfig(loss))) {
        EasyTrain.fit(trainer, 2, data(model.getNDManager()), null);
      }
      remedied.getChildren().values().forEach(System.out::println);
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
