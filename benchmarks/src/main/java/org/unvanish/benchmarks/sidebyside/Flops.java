package org.unvanish.benchmarks.sidebyside;

import java.util.List;
import org.unvanish.contest.Op;

/** How much there is to compute. */
final class Flops {

  private Flops() {}

  /**
   * Floating-point operations of convolutions and dense layers in a training step, for a sample: a
   * multiply-add is two. Forward, the gradient with respect to the weights and the gradient with
   * respect to the input take as many each; nobody needs the last one of the first layer. What
   * activations, pooling and the optimiser do is not counted.
   */
  static long ofSample(List<Op> ops) {
    long flops = 0;
    boolean isFirst = true;
    for (Op op : ops) {
      long multiplyAdds = multiplyAdds(op);
      if (multiplyAdds > 0) {
        flops += 2 * multiplyAdds * (isFirst ? 2 : 3);
        isFirst = false;
      }
    }
    return flops;
  }

  private static long multiplyAdds(Op op) {
    return switch (op.kind()) {
      case CONVOLUTION, DEPTHWISE -> (long) op.parameters() * op.in().rows() * op.in().columns();
      case DENSE -> op.parameters();
      case BIAS, TANH, MAX_POOLING -> 0;
    };
  }
}
