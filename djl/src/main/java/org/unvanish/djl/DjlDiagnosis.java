package org.unvanish.djl;

import ai.djl.Model;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.dataset.Batch;
import ai.djl.training.loss.Loss;
import ai.djl.util.Pair;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.unvanish.diagnosis.Diagnosis;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.djl.model.BlockCopy;
import org.unvanish.djl.probe.BlockStack;
import org.unvanish.djl.probe.KeptBatches;
import org.unvanish.djl.probe.ModelProbe;
import org.unvanish.djl.probe.StackMeasurement;
import org.unvanish.probe.ProbedSnapshot;
import org.unvanish.remedy.Prescriber;

/**
 * Finds out why the gradients of a model vanish or explode, as Unvanish does for its own networks:
 * with the same measurements, rules and verdicts.
 *
 * <p>The model has to be a layer stack: {@code SequentialBlock}s, nested as one likes, of layers,
 * activations, pooling and the like. Activations of core's kinds are recognised as by {@link
 * Remedies#scale}; any other function, such as Mish, counts as a part of the linear factor.
 *
 * @since 0.1
 */
public final class DjlDiagnosis {

  /** Mini-batches that are looked at, as many as by the engine's probe. */
  public static final int BATCHES = 20;

  private static final Set<Parameter.Type> COUNTED =
      Set.of(Parameter.Type.RUNNING_MEAN, Parameter.Type.RUNNING_VAR);

  private DjlDiagnosis() {}

  /**
   * The diagnosis of a classifier that puts out logits, trained with softmax cross-entropy.
   *
   * @param model initialised
   * @param batches as {@code dataset.getData(manager)} gives them; see {@link #diagnose(Model,
   *     Iterable, Loss)}
   * @throws IllegalArgumentException if the model is not initialised, is no layer stack or cannot
   *     be copied, or there is no batch
   */
  public static Diagnosis diagnose(Model model, Iterable<Batch> batches) {
    return diagnose(model, batches, Loss.softmaxCrossEntropyLoss());
  }

  /**
   * The diagnosis of a model with any loss.
   *
   * <p>Nothing of the model changes: forward and backward run on a copy, in training mode. There
   * frozen parameters are not frozen, so that their gradients tell what they would be.
   *
   * @param model initialised
   * @param batches of which the first {@value #BATCHES} are taken and closed; each with one array
   *     of data
   * @param loss a mean over the samples of a batch; a penalty is left out of it
   * @throws IllegalArgumentException if the model is not initialised, is no layer stack or cannot
   *     be copied, or there is no batch
   */
  public static Diagnosis diagnose(Model model, Iterable<Batch> batches, Loss loss) {
    return diagnose(model, batches, loss, Thresholds.DEFAULT);
  }

  /**
   * The diagnosis of a model with any loss, by other thresholds than the default ones; in all else
   * as {@link #diagnose(Model, Iterable, Loss)}.
   *
   * @param thresholds by which verdicts are given
   * @throws IllegalArgumentException if the model is not initialised, is no layer stack or cannot
   *     be copied, or there is no batch
   */
  public static Diagnosis diagnose(
      Model model, Iterable<Batch> batches, Loss loss, Thresholds thresholds) {
    try (NDManager manager = model.getNDManager().newSubManager()) {
      StackMeasurement measurement = new StackMeasurement(copy(model, manager), loss, manager);
      int count = 0;
      for (Batch batch : batches) {
        try (batch) {
          measurement.add(batch);
        }
        if (++count == BATCHES) {
          break;
        }
      }
      return Diagnosis.of(List.of(measurement.result()), thresholds);
    }
  }

  /**
   * The diagnosis of a classifier that puts out logits, trained with softmax cross-entropy, in
   * words and with a prescription.
   *
   * @param model initialised
   * @param batches as {@code dataset.getData(manager)} gives them
   * @throws IllegalArgumentException if the model is not initialised, is no layer stack or cannot
   *     be copied, or there is no batch
   */
  public static Explanation explain(Model model, Iterable<Batch> batches) {
    return explain(model, batches, Loss.softmaxCrossEntropyLoss(), Thresholds.DEFAULT);
  }

  /**
   * The diagnosis in words and with a prescription.
   *
   * <p>As for Unvanish's own networks, remedies are tried on copies of the model, forward and
   * backward on the same batches: other initial weights, scales α, parameters shrunk as by a
   * penalty, tanh, standardised data. That takes up to some forty times as long as a diagnosis, and
   * the batches stay in memory meanwhile. The values that the model has now count as its initial
   * ones.
   *
   * @param model initialised
   * @param batches of which the first {@value #BATCHES} are taken and closed; each with one array
   *     of data
   * @param loss a mean over the samples of a batch; a penalty is left out of it
   * @param thresholds by which verdicts are given
   * @throws IllegalArgumentException if the model is not initialised, is no layer stack or cannot
   *     be copied, or there is no batch
   */
  public static Explanation explain(
      Model model, Iterable<Batch> batches, Loss loss, Thresholds thresholds) {
    try (NDManager manager = model.getNDManager().newSubManager()) {
      Block copy = copy(model, manager);
      List<Batch> window = KeptBatches.first(BATCHES, batches, manager);
      ModelProbe probe = new ModelProbe(copy, window, loss, manager);
      ProbedSnapshot snapshot = new ProbedSnapshot(probe.initial(), probe.present());
      return new Explanation(
          Diagnosis.of(List.of(snapshot.evidence()), thresholds),
          new Prescriber(probe, thresholds).prescribe(List.of(snapshot)));
    }
  }

  /** All of it, and nothing frozen. */
  private static Block copy(Model model, NDManager manager) {
    Block block = Optional.ofNullable(model.getBlock()).orElseThrow(DjlDiagnosis::noBlock);
    BlockStack.require(block);
    requireInitialised(block);
    Block copy = new BlockCopy(manager, part -> Optional.empty()).of(block, "model");
    copy.freezeParameters(false, parameter -> !COUNTED.contains(parameter.getType()));
    return copy;
  }

  private static IllegalArgumentException noBlock() {
    return new IllegalArgumentException("the model has no block; set one with model.setBlock(…)");
  }

  private static void requireInitialised(Block block) {
    for (Pair<String, Parameter> pair : block.getParameters()) {
      if (!pair.getValue().isInitialized()) {
        throw new IllegalArgumentException(
            ("the parameter %s has no values yet, so there is nothing to diagnose; call"
                    + " trainer.initialize(shape) or block.initialize(…), or load the model")
                .formatted(pair.getKey()));
      }
    }
  }
}
