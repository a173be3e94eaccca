package org.unvanish.djl.examples;

import ai.djl.Model;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.loss.Loss;
import java.nio.file.Path;
import org.unvanish.djl.GradientMonitor;

/** Watches the gradients of a training; then: {@code unvanish report results/watched}. */
public final class WatchGradients {

  private WatchGradients() {}

  /** Into the folder that is named, or {@code results/watched}. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments.length == 0 ? "results/watched" : arguments[0]);
    SequentialBlock block =
        new SequentialBlock()
            .add(Linear.builder().setUnits(16).build())
            .add(Activation.sigmoidBlock())
            .add(Linear.builder().setUnits(2).build());
    try (Model model = Model.newInstance("watched")) {
      model.setBlock(block);
      // The one line: a listener.
      DefaultTrainingConfig config =
          new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
              .addTrainingListeners(GradientMonitor.into(folder, "logistic"));
      try (Trainer trainer = model.newTrainer(config)) {
        EasyTrain.fit(trainer, 3, data(model.getNDManager()), data(model.getNDManager()));
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
