package org.unvanish.benchmarks.sidebyside;

import java.util.List;
import org.unvanish.contest.Op;

/** How much there is to compute. */
final class Flops {

  private Flops() {}

  /**
   * Floating-point operations of convolutions, dense and recurrent layers in a training step, for a
   * sample: a multiply-add is two. Forward, the gradient with respect to the weights and the
   * gradient with respect to the input take as many each; nobody needs the last one of the first
   * layer. What activations, pooling, sums of blocks and the optimizer do is not counted.
   */
  static long ofSample(List<Op> ops) {
    long flops = 0;
    boolean isFirst = true;
    for (Op op : ops) {
      long multiplyAdds = multiplyAdds(op);
      if (multiplyAdds > 0) {
        flops += 2 * (multiplyAdds * (isFirst ? 2 : 3) + (isFirst ? ofStates(op) : 0));
        isFirst = false;
      }
    }
    return flops;
  }

  private static long multiplyAdds(Op op) {
    return switch (op.kind()) {
      case CONVOLUTION, DEPTHWISE -> (long) op.parameters() * op.in().rows() * op.in().columns();
      case DENSE -> op.parameters();
      case RECURRENT, LSTM -> (long) op.tensors().get(0).size() * op.in().rows() + ofStates(op);
      case BIAS, TANH, MAX_POOLING, MEAN, KEEP, SUM -> 0;
    };
  }

  /** Of the products of a recurrent layer's weights with its states. */
  private static long ofStates(Op op) {
    return op.isRecurrent() ? (long) op.tensors().get(1).size() * op.in().rows() : 0;
  }
}
