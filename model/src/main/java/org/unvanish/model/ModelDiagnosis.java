package org.unvanish.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.diagnosis.Diagnosis;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.diagnosis.prescription.Conclusion;
import org.unvanish.diagnosis.prescription.Prescription;
import org.unvanish.loss.BinaryCrossEntropy;
import org.unvanish.loss.Loss;
import org.unvanish.model.graph.GraphFolding;
import org.unvanish.probe.GradientProbe;
import org.unvanish.probe.ProbeProgress;
import org.unvanish.probe.ProbedSnapshot;
import org.unvanish.remedy.Prescriber;

/**
 * Why the gradients of somebody's model vanish or explode, and what helps.
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
    return GraphStack.of(GraphEdit.training(FreeBatch.of(GraphFolding.foldAll(model.graph()))));
  }

  /**
   * Diagnoses a model.
   *
   * @param source of the samples, for the model's layers
   * @param asked the loss; null for the usual one for the targets
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
    List<String> notes = new ArrayList<>(model.warnings());
    BatchAxes axes = new BatchAxes(whole, data);
    int outputs = axes.width(whole.output());
    Loss loss =
        data.learnt().map(learnt -> loss(whole, learnt, outputs, asked, data.title())).orElse(null);
    GraphStack stack = withoutApplied(whole, loss, notes);
    if (loss == null) {
      notes.add(
          "Nothing is to be learnt of the data, so the error signal is random: one standard normal number for each output. The verdict is on how the gradient passes, not on a loss.");
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
    GraphProbe probe = new GraphProbe(stack, data, loss, window, seed, progress, axes);
    progress.began("probing the model", 1);
    ProbedSnapshot snapshot = new ProbedSnapshot(probe.initial(), probe.initialValues());
    Diagnosis diagnosis = Diagnosis.of(List.of(snapshot.evidence()), thresholds);
    Prescription prescribed =
        new Prescriber(probe, thresholds).prescribe(List.of(snapshot), diagnosis);
    Conclusion conclusion = Conclusion.of(diagnosis, prescribed, data.evidence(), null);
    return new ModelDiagnosis(stack, data, Optional.ofNullable(loss), diagnosis, conclusion, notes);
  }

  private static int batchSize(double cost) {
    int batch = BATCH;
    while (batch > LEAST_BATCH && cost * batch * FEWEST_BATCHES > MOST_MULTIPLY_ADDS) {
      batch /= 2;
    }
    return batch;
  }

  private static Loss loss(
      GraphStack stack, ModelData.Learnt learnt, int outputs, @Nullable Loss asked, String data) {
    boolean oneOfTwo = learnt.classes() == 2 && outputs == 1;
    // Data that lack samples of the last classes still are data of as many classes.
    boolean fits =
        learnt.classes() > 0 ? oneOfTwo || outputs >= learnt.classes() : outputs == learnt.width();
    if (!fits) {
      throw new ModelRefusedException(
          data,
          "%d %s to be learnt of each sample, but the model's output \"%s\" has %d %s for each"
              .formatted(
                  learnt.width(),
                  learnt.classes() > 0
                      ? "classes are"
                      : learnt.width() == 1 ? "number is" : "numbers are",
                  stack.output(),
                  outputs,
                  outputs == 1 ? "number" : "numbers"),
          learnt.classes() > 0
              ? "Give targets with a class for each output; numbers to be learnt are floats."
              : "Give as many; classes are integers from 0, or rows with a single 1.");
    }
    int width = oneOfTwo || learnt.classes() == 0 ? learnt.width() : outputs;
    Loss usual = oneOfTwo ? new BinaryCrossEntropy() : Loss.standard(learnt.kind());
    Loss on = (asked == null ? usual : asked).on(learnt.kind(), width, data);
    if (!on.fits(outputs, width)) {
      throw new IllegalArgumentException(
          "the loss %s needs %d outputs for such targets, but the model has %d. Name another one with --loss."
              .formatted(on.name(), on.outputs(width), outputs));
    }
    return on;
  }

  /** Without a last function that the loss applies itself. */
  private static GraphStack withoutApplied(
      GraphStack stack, @Nullable Loss loss, List<String> notes) {
    if (loss == null) {
      return stack;
    }
    GraphLayer last = stack.last();
    boolean applied =
        switch (loss.applied()) {
          case SOFTMAX -> last.isSoftmax();
          case LOGISTIC ->
              last.activation()
                  .filter(a -> a.function() == ActivationFunction.LOGISTIC)
                  .isPresent();
          case IDENTITY -> false;
        };
    if (!applied) {
      return stack;
    }
    notes.add(
        "The model ends with %s, and the loss %s is taken of what it reads, as frameworks do where they know both. If your program applies it twice, leave it out there."
            .formatted(last.name(), loss.name()));
    return stack.withoutLast();
  }
}
