package org.unvanish.internal.stage;

import java.util.Map;
import org.unvanish.data.Targets;
import org.unvanish.internal.kernel.LossKernel;
import org.unvanish.internal.kernel.SoftmaxKernel;
import org.unvanish.loss.Loss;
import org.unvanish.loss.SoftmaxCrossEntropy;

/** The engine's table of losses. */
public final class LossTable {

  /** How a kernel becomes of a loss that fits the targets. */
  private interface Entry {
    LossKernel kernel(Loss loss, int outputs, Targets targets);
  }

  private static final Map<Class<? extends Loss>, Entry> LOSSES =
      Map.of(
          SoftmaxCrossEntropy.class,
          (loss, outputs, targets) -> new SoftmaxKernel(outputs, (Targets.Labels) targets));

  private LossTable() {}

  /**
   * The kernel of a loss.
   *
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
    Entry entry = LOSSES.get(loss.getClass());
    if (entry == null) {
      throw new IllegalStateException("the engine has no kernel for the loss " + loss.name());
    }
    return entry.kernel(loss, outputs, targets);
  }
}
