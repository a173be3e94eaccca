package org.unvanish.model.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.unvanish.model.ModelRefusedException;

/**
 * What one kind of node computes, and how a gradient passes back through it. It has no state: all
 * that it needs is given to it.
 */
public interface Operator {
  /**
   * What a node computes.
   *
   * @return at least as many tensors as the node has outputs; further ones are what {@link
   *     #backward} wants to remember
   * @throws ModelRefusedException if a shape or an attribute does not fit
   */
  List<Tensor> forward(Call call);

  /**
   * The gradient with respect to each input.
   *
   * @param call as {@link #forward} got it
   * @param outputs as {@link #forward} answered
   * @param gradients with respect to each of the outputs, null for 0; one of them is not null
   * @return one for each input, null for 0 and for inputs that have none, such as axes
   */
  List<@Nullable Tensor> backward(
      Call call, List<Tensor> outputs, List<@Nullable Tensor> gradients);
}
