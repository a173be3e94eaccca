package org.unvanish.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.unvanish.diagnosis.Diagnosis;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.diagnosis.prescription.Conclusion;
import org.unvanish.diagnosis.prescription.Prescription;
import org.unvanish.loss.Loss;
import org.unvanish.model.graph.GraphFolding;
import org.unvanish.probe.GradientProbe;
import org.unvanish.probe.ProbeProgress;
import org.unvanish.probe.ProbedSnapshot;
import org.unvanish.remedy.Prescriber;

/**
 * Why the gradients of an imported model vanish or explode, and what helps.
 *
 * @param stack the model as layers, as it was measured
 * @param data what it was measured with
 * @param loss of the measurement; empty of a random error signal
 * @param diagnosis by the same rules as of Unvanish's own networks
 * @param conclusion with the prescription
 * @param notes what a user should know of the model and the measurement, a sentence each
 * @since 0.1
 */
public record ModelDiagnosis(
    GraphStack stack,
    ModelData data,
    Optional<Loss> loss,
    Diagnosis diagnosis,
    Conclusion conclusion,
    List<String> notes) {

  /** Samples of a mini-batch, where they do not cost too much. */
  private static final int BATCH = 128;

  private static final int LEAST_BATCH = 8;
  private static final int FEWEST_BATCHES = 4;

  /** Multiply-adds of a window, forward: some seconds of one core. */
  private static final double MOST_MULTIPLY_ADDS = 1e9;

  /** Copies the list. */
  public ModelDiagnosis {
    notes = List.copyOf(notes);
  }

  /**
   * The layers of a model as it trains: constants folded, batches of any size, normalised by their
   * own statistics.
   *
   * @throws ModelRefusedException if it is no layer stack
   */
  public static GraphStack stack(ImportedModel model) {
    return GraphStack.of(StackEdit.training(FreeBatch.of(GraphFolding.foldAll(model.graph()))));
  }

  /**
   * Diagnoses a model with the loss that its file names, or else the usual one for the targets.
   *
   * @param source of the samples, for the model's layers: see {@link UserData}
   * @throws ModelRefusedException if the model cannot be computed, or the data do not fit it
   */
  public static ModelDiagnosis of(ImportedModel model, Function<GraphStack, ModelData> source) {
    return of(model, source, null, 1, Thresholds.DEFAULT, ProbeProgress.SILENT);
  }

  /**
   * Diagnoses a model.
   *
   * @param source of the samples, for the model's layers
   * @param asked the loss; null for that of the file, or else the usual one for the targets
   * @param seed of the window and of all that is drawn
   * @throws ModelRefusedException if the model cannot be computed, or the data do not fit it
   * @throws IllegalArgumentException if the loss does not fit the targets
   */
  public static ModelDiagnosis of(
      ImportedModel model,
      Function<GraphStack, ModelData> source,
      @Nullable Loss asked,
      long seed,
      Thresholds thresholds,
      ProbeProgress progress) {
    return of(model, source, asked, seed, thresholds, progress, cost -> {});
  }

  /**
   * The same, telling beforehand what it takes.
   *
   * @param beforehand is told once the model and the data are known, and may throw
   */
  public static ModelDiagnosis of(
      ImportedModel model,
      Function<GraphStack, ModelData> source,
      @Nullable Loss asked,
      long seed,
      Thresholds thresholds,
      ProbeProgress progress,
      Consumer<ModelCost> beforehand) {
    GraphStack whole = stack(model);
    ModelData data = source.apply(whole);
    TrainingNote training = model.training().orElse(TrainingNote.NONE);
    List<String> notes = new ArrayList<>(model.warnings());
    notes.addAll(training.sentences());
    List<String> others = whole.otherOutputs().stream().map("\"%s\""::formatted).toList();
    if (!others.isEmpty()) {
      notes.add(
          ("Only the output \"%s\" is diagnosed. To diagnose %s instead, export the model with that"
                  + " output first.")
              .formatted(model.graph().outputs().get(0), String.join(" or ", others)));
    }
    BatchAxes axes = new BatchAxes(whole, data);
    ChosenLoss chosen = new ChosenLoss(whole, axes.width(whole.output()), data, training, asked);
    Loss loss = chosen.loss();
    GraphStack stack = chosen.stack();
    notes.addAll(chosen.notes());
    if (loss == null) {
      notes.add(
          "There are no targets, so the error signal is random: one standard normal number for "
              + "each output. The verdict is about how the gradient passes, not about a loss.");
    }
    double cost = axes.multiplyAdds(whole);
    int batch = Math.min(data.count(), batchSize(cost));
    int batches =
        (int)
            Math.max(
                FEWEST_BATCHES,
                Math.min(GradientProbe.BATCHES, MOST_MULTIPLY_ADDS / (cost * batch)));
    beforehand.accept(ModelCost.of(whole, axes, batch, batches));
    List<int[]> window = GraphProbe.window(data.count(), batch, batches, seed);
    GraphProbe probe = new GraphProbe(stack, data, loss, training, window, seed, progress, axes);
    progress.began("probing the model", 1);
    ProbedSnapshot snapshot = new ProbedSnapshot(probe.initial(), probe.initialValues());
    Diagnosis diagnosis = Diagnosis.of(List.of(snapshot.evidence()), thresholds);
    Prescription prescribed =
        new Prescriber(probe, thresholds).prescribe(List.of(snapshot), diagnosis);
    Conclusion conclusion = Conclusion.of(diagnosis, prescribed, data.evidence(), null);
    if (conclusion.prescription().l2() != null) {
      if (probe.isPenalised()) {
        notes.add("The prescribed penalty takes the place of the file's regularisers.");
      }
      if (loss == null) {
        notes.add("The strength r follows the random error signal: diagnose with data to know it.");
      }
    }
    return new ModelDiagnosis(stack, data, Optional.ofNullable(loss), diagnosis, conclusion, notes);
  }

  private static int batchSize(double cost) {
    int batch = BATCH;
    while (batch > LEAST_BATCH && cost * batch * FEWEST_BATCHES > MOST_MULTIPLY_ADDS) {
      batch /= 2;
    }
    return batch;
  }
}
