package org.unvanish.djl.monitor;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.util.PairList;
import org.jspecify.annotations.Nullable;
import org.unvanish.djl.model.ModelParameter;

/** The copies of parameters that a trainer keeps on its devices. */
final class DeviceCopies {

  private final Device[] devices;
  private final @Nullable ParameterStore store;

  DeviceCopies(Trainer trainer) {
    this.devices = trainer.getDevices();
    this.store = devices.length > 1 ? store(trainer) : null;
  }

  /**
   * A parameter's gradient: what the optimizer will see, the sum over all devices; null if there is
   * none, as for a frozen one.
   */
  @Nullable NDArray gradient(ModelParameter parameter) {
    NDArray own = parameter.parameter().getArray();
    if (!own.hasGradient()) {
      return null;
    }
    if (store == null) {
      return own.getGradient();
    }
    NDArray sum = null;
    for (Device device : devices) {
      NDArray gradient =
          store
              .getValue(parameter.parameter(), device, true)
              .getGradient()
              .toDevice(own.getDevice(), false);
      sum = sum == null ? gradient : sum.add(gradient);
    }
    return sum;
  }

  /** A trainer shows its store to nobody but the model's block, so a block asks for it. */
  private static ParameterStore store(Trainer trainer) {
    Model model = trainer.getModel();
    Block block = model.getBlock();
    Asking asking = new Asking();
    model.setBlock(asking);
    try {
      trainer.forward(new NDList());
    } finally {
      model.setBlock(block);
    }
    if (asking.store == null) {
      throw new IllegalStateException("the trainer gave no parameter store to its block");
    }
    return asking.store;
  }

  private static final class Asking extends AbstractBlock {
    private @Nullable ParameterStore store;

    @Override
    protected NDList forwardInternal(
        ParameterStore given,
        NDList inputs,
        boolean training,
        @Nullable PairList<String, Object> options) {
      store = given;
      return inputs;
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
      return inputShapes;
    }
  }
}
