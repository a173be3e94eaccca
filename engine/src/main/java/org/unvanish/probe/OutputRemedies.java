package org.unvanish.probe;

import java.util.ArrayList;
import java.util.List;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.TargetChoice;
import org.unvanish.data.Targets;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.loss.BinaryCrossEntropy;
import org.unvanish.loss.Loss;
import org.unvanish.loss.OneHot;
import org.unvanish.loss.SoftmaxCrossEntropy;
import org.unvanish.network.Activated;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.Softmax;

/** Changes at a network's end: its last activation, its loss and its targets. */
public final class OutputRemedies {

  private OutputRemedies() {}

  /**
   * What the end of a network allows, the best first.
   *
   * @param loss as it is computed on the targets
   */
  public static List<OtherRemedy> allowed(Network network, Loss loss, Targets targets) {
    List<OtherRemedy> allowed = new ArrayList<>();
    if (last(network) instanceof Softmax
        && network.outputs() > 1
        && loss instanceof OneHot
        && loss.applied() == Loss.OutputFunction.IDENTITY) {
      allowed.add(OtherRemedy.FUSED_SOFTMAX);
    } else if (isProbability(network) && hasLogits(loss, targets)) {
      allowed.add(OtherRemedy.FUSED_LOSS);
    } else if (isLeftOut(network)) {
      allowed.add(OtherRemedy.NO_LAST_ACTIVATION);
    }
    if (targets instanceof Targets.Numbers && loss.applied() == Loss.OutputFunction.IDENTITY) {
      allowed.add(OtherRemedy.SCALE_TARGETS);
    }
    return allowed;
  }

  private static Layer last(Network network) {
    return network.layers().get(network.layers().size() - 1);
  }

  private static boolean isProbability(Network network) {
    return last(network) instanceof Softmax
        || last(network).equals(new Activated(Activation.of(ActivationFunction.LOGISTIC)));
  }

  /** A learned α is a parameter, without which all others would have another place. */
  private static boolean isLeftOut(Network network) {
    return last(network) instanceof Softmax
        || (last(network) instanceof Activated activated && !activated.activation().isLearned());
  }

  private static boolean hasLogits(Loss loss, Targets targets) {
    return loss.applied() == Loss.OutputFunction.IDENTITY
        && (loss instanceof OneHot || new BinaryCrossEntropy().problem(targets).isEmpty());
  }

  /** The network without its last activation, if one of the remedies says so. */
  static Network network(Network network, List<OtherRemedy> other) {
    return leavesOutLast(other)
        ? new Network(network.input(), network.layers().subList(0, network.layers().size() - 1))
        : network;
  }

  /** Whether remedies leave out the last activation. */
  public static boolean leavesOutLast(List<OtherRemedy> other) {
    return other.contains(OtherRemedy.FUSED_LOSS)
        || other.contains(OtherRemedy.FUSED_SOFTMAX)
        || other.contains(OtherRemedy.NO_LAST_ACTIVATION);
  }

  /**
   * The loss with remedies: the cross-entropy that has the last activation in it.
   *
   * @param present on classes as it is computed on them, or as it is named
   */
  public static Loss loss(Loss present, List<OtherRemedy> other) {
    if (other.contains(OtherRemedy.FUSED_SOFTMAX)) {
      return new SoftmaxCrossEntropy();
    }
    if (!other.contains(OtherRemedy.FUSED_LOSS)) {
      return present;
    }
    return present instanceof OneHot classes
        ? new OneHot(new BinaryCrossEntropy(), classes.classes())
        : new BinaryCrossEntropy();
  }

  /** The samples with standardised targets, if one of the remedies says so. */
  public static ImageSet samples(ImageSet samples, List<OtherRemedy> other) {
    return other.contains(OtherRemedy.SCALE_TARGETS)
        ? TargetChoice.STANDARDISED
            .of(new Dataset("samples", "samples", List.of(), samples, samples, ""))
            .train()
        : samples;
  }
}
