package org.unvanish.djl.monitor;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.Trainer;
import ai.djl.training.listener.TrainingListener.BatchData;
import ai.djl.training.loss.Loss;
import ai.djl.util.Pair;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import org.unvanish.activation.Activation;
import org.unvanish.djl.PenaltyLoss;
import org.unvanish.djl.model.ActivationFinder;
import org.unvanish.experiment.Definition;
import org.unvanish.experiment.Recipe;

/**
 * What can be seen of somebody's training once its first batch is done.
 *
 * @param sample the shape of one sample
 * @param classes outputs of one sample
 * @param lines what is trained and how, by keys, in order
 */
record SeenModel(Shape sample, long classes, Map<String, String> lines) {

  /**
   * @param recordEvery of how many steps one is recorded
   */
  static SeenModel of(Trainer trainer, BatchData batch, int recordEvery) {
    Shape input = batch.getBatch().getData().head().getShape();
    Shape output = batch.getPredictions().values().iterator().next().head().getShape();
    Map<String, String> lines = new LinkedHashMap<>();
    Engine engine = trainer.getManager().getEngine();
    lines.put(
        "trained by",
        "Deep Java Library %s with %s %s"
            .formatted(Engine.getDjlVersion(), engine.getEngineName(), engine.getVersion()));
    lines.put("devices", "" + trainer.getDevices().length);
    Loss loss = trainer.getLoss();
    Loss data = loss instanceof PenaltyLoss penalised ? penalised.data() : loss;
    lines.put("loss", data.getClass().getSimpleName());
    lines.put(
        Recipe.Watched.PENALTY,
        loss instanceof PenaltyLoss penalised ? penalised.penalty().toString() : "none");
    // Named where not every step is, as trainings that are stored knew of nothing else.
    if (recordEvery > 1) {
      lines.put(Definition.RECORD_EVERY, "" + recordEvery);
    }
    lines.put("input", input.slice(1).toString());
    try (NDManager manager = trainer.getManager().newSubManager()) {
      layers(trainer.getModel().getBlock(), "", manager, lines);
    }
    return new SeenModel(
        input.slice(1), output.dimension() < 2 ? 1 : output.get(output.dimension() - 1), lines);
  }

  private static void layers(
      Block block, String path, NDManager manager, Map<String, String> lines) {
    if (block.getChildren().isEmpty()) {
      lines.put("layer " + (path.isEmpty() ? "model" : path), leaf(block, manager));
    }
    for (Pair<String, Block> child : block.getChildren()) {
      layers(
          child.getValue(),
          path.isEmpty() ? child.getKey() : path + "_" + child.getKey(),
          manager,
          lines);
    }
  }

  /** {@code Linear, weight (8, 48), bias (8) frozen}. */
  private static String leaf(Block block, NDManager manager) {
    StringJoiner words = new StringJoiner(", ");
    words.add(
        ActivationFinder.find(block, manager)
            .map(Activation::toString)
            .orElseGet(
                () ->
                    block instanceof LambdaBlock lambda
                        ? "function " + lambda.getName()
                        : block.getClass().getSimpleName()));
    for (Parameter parameter : block.getDirectParameters().values()) {
      words.add(
          parameter.getName()
              + " "
              + parameter.getArray().getShape()
              + (parameter.requiresGradient() ? "" : " frozen"));
    }
    return words.toString().replaceAll("\\s+", " ");
  }
}
