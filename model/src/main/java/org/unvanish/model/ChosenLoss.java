package org.unvanish.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
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
   * @param asked by the user, or null
   * @throws IllegalArgumentException if the loss that is asked for does not fit the targets
   */
  ChosenLoss(GraphStack whole, ModelData data, TrainingNote training, @Nullable Loss asked) {
    if (data.learnt().isEmpty()) {
      this.loss = null;
      this.stack = whole;
      return;
    }
    ModelData.Learnt learnt = data.learnt().get();
    Optional<FileLoss> noted = asked == null ? training.loss() : Optional.empty();
    Optional<Loss> fitting = noted.flatMap(note -> fitting(note, whole, learnt, data.title()));
    Loss usual = asked == null ? usual(whole, learnt) : asked;
    this.loss = fitting.orElseGet(() -> usual.on(learnt.kind(), learnt.width(), data.title()));
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

  /** The file's loss, if it is known and can be computed of such outputs and targets. */
  private static Optional<Loss> fitting(
      FileLoss note, GraphStack stack, ModelData.Learnt learnt, String data) {
    OptionalInt outputs = outputs(stack);
    return note.known()
        .filter(known -> known.targets() == learnt.kind() || known.targets() == TargetKind.NUMBERS)
        .map(known -> known.on(learnt.kind(), learnt.width(), data))
        .filter(known -> outputs.isEmpty() || known.fits(outputs.getAsInt(), learnt.width()))
        .filter(
            known ->
                learnt.kind() == TargetKind.CLASSES || known.problem(learnt.targets()).isEmpty());
  }

  /** Of one output that tells two classes apart, the binary cross-entropy. */
  private static Loss usual(GraphStack stack, ModelData.Learnt learnt) {
    boolean one =
        learnt.kind() == TargetKind.CLASSES
            && learnt.width() == 2
            && outputs(stack).equals(OptionalInt.of(1));
    return one ? new BinaryCrossEntropy() : Loss.standard(learnt.kind());
  }

  /** How many units the last weights have. */
  private static OptionalInt outputs(GraphStack stack) {
    return stack.parameters().stream()
        .filter(parameter -> parameter.unitAxis() >= 0)
        .mapToInt(parameter -> stack.constant(parameter).extent(parameter.unitAxis()))
        .reduce((first, second) -> second);
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
            "The model ends with %s, and the loss %s is taken of what it reads, as frameworks do where they know both. If your program applies it twice, leave it out there."
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
