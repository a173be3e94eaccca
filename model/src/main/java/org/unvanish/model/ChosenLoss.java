package org.unvanish.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.loss.BinaryCrossEntropy;
import org.unvanish.loss.Loss;
import org.unvanish.loss.TargetKind;
import org.unvanish.model.TrainingNote.FileLoss;

/**
 * The loss with which a model is measured, and the model without a last function that the loss
 * applies itself: what the user asks for comes first, then what the file says, then what is usual
 * for the targets.
 */
final class ChosenLoss {

  private final List<String> notes = new ArrayList<>();
  private final GraphStack stack;
  private final @Nullable Loss loss;

  /**
   * @param outputs how many numbers the model puts out for each sample
   * @param asked by the user, or null
   * @throws ModelRefusedException if the model's outputs do not fit the targets
   * @throws IllegalArgumentException if the loss that is asked for does not fit them
   */
  ChosenLoss(
      GraphStack whole, int outputs, ModelData data, TrainingNote training, @Nullable Loss asked) {
    if (data.learnt().isEmpty()) {
      this.loss = null;
      this.stack = whole;
      return;
    }
    ModelData.Learnt learnt = data.learnt().get();
    Optional<FileLoss> noted = asked == null ? training.loss() : Optional.empty();
    Targets targets = new Targets(learnt, outputs, data.title());
    targets.requireFit(whole.output());
    Optional<Loss> fitting = noted.flatMap(targets::fitting);
    this.loss = fitting.orElseGet(() -> targets.computed(asked == null ? targets.usual() : asked));
    if (noted.isPresent() && fitting.isEmpty()) {
      notes.add(
          "The file's loss %s %s: it is measured with the %s. --loss names another."
              .formatted(
                  noted.get(),
                  noted.get().known().isEmpty()
                      ? "is none that Unvanish has"
                      : "does not fit these targets",
                  loss.name()));
    }
    this.stack = withoutApplied(whole, loss, fitting.isPresent() ? noted : Optional.empty());
  }

  /** The loss; null where nothing is to be learnt. */
  @Nullable Loss loss() {
    return loss;
  }

  /** The model as the loss reads it. */
  GraphStack stack() {
    return stack;
  }

  /** What a user should know of the choice. */
  List<String> notes() {
    return notes;
  }

  /**
   * What is to be learnt, beside what a model puts out.
   *
   * @param outputs how many numbers it puts out for each sample
   * @param data what they are called
   */
  private record Targets(ModelData.Learnt learnt, int outputs, String data) {

    /** Whether one output tells two classes apart. */
    private boolean areOneOfTwo() {
      return learnt.classes() == 2 && outputs == 1;
    }

    /** Data that lack samples of the last classes still are data of as many classes. */
    private int width() {
      return areOneOfTwo() || learnt.classes() == 0 ? learnt.width() : outputs;
    }

    /** Refuses targets that are more or fewer than the outputs. */
    void requireFit(String output) {
      boolean classes = learnt.classes() > 0;
      if (classes ? areOneOfTwo() || outputs >= learnt.classes() : outputs == learnt.width()) {
        return;
      }
      String what =
          classes ? "classes" : learnt.width() == 1 ? "numeric target" : "numeric targets";
      throw new ModelRefusedException(
          data,
          "the data have %d %s, but the model's output \"%s\" has %d %s for each sample"
              .formatted(
                  learnt.width(), what, output, outputs, outputs == 1 ? "number" : "numbers"),
          classes
              ? "Give targets with a class for each output; save numeric targets as floats."
              : "Give as many targets as outputs; save classes as integers from 0, or as rows "
                  + "with a single 1.");
    }

    Loss usual() {
      return areOneOfTwo() ? new BinaryCrossEntropy() : Loss.standard(learnt.kind());
    }

    /** A loss as it is computed of these outputs and targets. */
    Loss computed(Loss loss) {
      Loss on = loss.on(learnt.kind(), width(), data);
      if (!on.fits(outputs, width())) {
        throw new IllegalArgumentException(
            "the loss %s needs %d outputs for such targets, but the model has %d. Name another one with --loss."
                .formatted(on.name(), on.outputs(width()), outputs));
      }
      return on;
    }

    /** The file's loss, if it is known and can be computed of such outputs and targets. */
    Optional<Loss> fitting(FileLoss note) {
      return note.known()
          .filter(
              known -> known.targets() == learnt.kind() || known.targets() == TargetKind.NUMBERS)
          .map(known -> known.on(learnt.kind(), width(), data))
          .filter(known -> known.fits(outputs, width()))
          .filter(
              known ->
                  learnt.kind() == TargetKind.CLASSES || known.problem(learnt.targets()).isEmpty());
    }
  }

  /**
   * @param noted the file's own loss, if it is that
   */
  private GraphStack withoutApplied(GraphStack whole, Loss used, Optional<FileLoss> noted) {
    if (used.applied() == Loss.OutputFunction.IDENTITY) {
      return whole;
    }
    boolean softmax = used.applied() == Loss.OutputFunction.SOFTMAX;
    GraphLayer last = whole.last();
    boolean applied =
        softmax
            ? last.isSoftmax()
            : last.activation().equals(Optional.of(Activation.of(ActivationFunction.LOGISTIC)));
    String function = softmax ? "softmax" : "sigmoid";
    if (noted.isEmpty()) {
      if (applied) {
        notes.add(
            ("The model ends with %s, and the loss %s applies it too. It is counted once, as "
                    + "frameworks do where they know both. If your program applies it twice, leave it "
                    + "out there.")
                .formatted(last.name(), used.name()));
      }
      return applied ? whole.withoutLast() : whole;
    }
    if (applied && noted.get().fromLogits()) {
      notes.add(
          "The model ends with %s, and the file's loss %s applies %s once more. Leave one of them out. It is measured as it is."
              .formatted(last.name(), noted.get(), function));
      return whole;
    }
    if (!applied && !noted.get().fromLogits()) {
      notes.add(
          "The file's loss %s takes probabilities, but the model does not end with %s. It is measured from logits: tell the loss so with from_logits=True."
              .formatted(noted.get(), function));
    }
    return applied ? whole.withoutLast() : whole;
  }
}
