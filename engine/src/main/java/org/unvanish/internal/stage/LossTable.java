package org.unvanish.internal.stage;

import java.util.HashMap;
import java.util.Map;
import org.unvanish.data.Targets;
import org.unvanish.internal.kernel.AbsoluteErrorKernel;
import org.unvanish.internal.kernel.BinaryKernel;
import org.unvanish.internal.kernel.HuberKernel;
import org.unvanish.internal.kernel.LossKernel;
import org.unvanish.internal.kernel.OneHotKernel;
import org.unvanish.internal.kernel.SoftmaxKernel;
import org.unvanish.internal.kernel.SquaredErrorKernel;
import org.unvanish.loss.BinaryCrossEntropy;
import org.unvanish.loss.Huber;
import org.unvanish.loss.Loss;
import org.unvanish.loss.MeanAbsoluteError;
import org.unvanish.loss.MeanSquaredError;
import org.unvanish.loss.OneHot;
import org.unvanish.loss.SoftmaxCrossEntropy;
import org.unvanish.loss.TargetTable;

/** The engine's table of losses. */
public final class LossTable {

  /** How a kernel becomes of a loss on numbers, or on class numbers. */
  private interface Maker<L extends Loss, T extends TargetTable> {
    LossKernel kernel(L loss, int outputs, T targets);
  }

  private static final Map<Class<? extends Loss>, Maker<Loss, TargetTable>> NUMBERS =
      new HashMap<>();
  private static final Map<Class<? extends Loss>, Maker<Loss, Targets.Labels>> CLASSES =
      new HashMap<>();

  static {
    numbers(MeanSquaredError.class, (loss, n, targets) -> new SquaredErrorKernel(n, targets));
    numbers(MeanAbsoluteError.class, (loss, n, targets) -> new AbsoluteErrorKernel(n, targets));
    numbers(Huber.class, HuberKernel::new);
    numbers(BinaryCrossEntropy.class, (loss, n, targets) -> new BinaryKernel(n, targets));
    classes(SoftmaxCrossEntropy.class, SoftmaxKernel::new);
    classes(
        OneHot.class,
        (loss, n, labels) ->
            new OneHotKernel(loss, ofNumbers(loss.of(), n, OneHot.numbers(labels, n)), n, labels));
  }

  private LossTable() {}

  @SuppressWarnings("unchecked") // Each class stands beside its own maker.
  private static <L extends Loss> void numbers(Class<L> loss, Maker<L, TargetTable> maker) {
    NUMBERS.put(loss, (Maker<Loss, TargetTable>) maker);
  }

  @SuppressWarnings("unchecked") // Each class stands beside its own maker.
  private static <L extends Loss> void classes(Class<L> loss, Maker<L, Targets.Labels> maker) {
    CLASSES.put(loss, (Maker<Loss, Targets.Labels>) maker);
  }

  /**
   * The kernel of a loss.
   *
   * @param loss fitted to training data
   * @param outputs of the network
   * @param targets of all samples that it will see, of the kind that the loss needs
   * @throws IllegalArgumentException if the loss needs other targets
   * @throws IllegalStateException if the table has no such loss
   */
  public static LossKernel kernel(Loss loss, int outputs, Targets targets) {
    if (targets.kind() != loss.targets()) {
      throw new IllegalArgumentException(
          "the loss %s needs %s as targets, but these are %s"
              .formatted(loss.name(), loss.targets().title(), targets.kind().title()));
    }
    return targets instanceof Targets.Labels labels
        ? known(loss, CLASSES).kernel(loss, outputs, labels)
        : ofNumbers(loss, outputs, targets);
  }

  private static LossKernel ofNumbers(Loss loss, int outputs, TargetTable targets) {
    return known(loss, NUMBERS).kernel(loss, outputs, targets);
  }

  private static <T extends TargetTable> Maker<Loss, T> known(
      Loss loss, Map<Class<? extends Loss>, Maker<Loss, T>> table) {
    Maker<Loss, T> maker = table.get(loss.getClass());
    if (maker == null) {
      throw new IllegalStateException("the engine has no kernel for the loss " + loss.name());
    }
    return maker;
  }
}
