package org.unvanish.internal.stage;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.unvanish.data.Shape;
import org.unvanish.internal.kernel.ConvolutionKernel;
import org.unvanish.internal.kernel.DepthwiseKernel;
import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.internal.kernel.Phases;
import org.unvanish.internal.kernel.Window;
import org.unvanish.internal.kernel.WindowKernel;
import org.unvanish.network.Convolutional;
import org.unvanish.network.Convolutional.Convolution1d;
import org.unvanish.network.ParameterTensor;

/**
 * A convolution, or the depthwise half of a separable one, with any stride and padding, in two
 * dimensions or one. It brings its own padding; the stages for stride 1 and same padding, which
 * read that of their neighbours, save the copies.
 */
final class WindowStage extends Stage {

  /** Of {@link Convolution1d}. */
  static final LayerStages<Convolution1d> CONVOLUTION_1D =
      new LayerStages<>(
          layer -> 0,
          layer -> 0,
          false,
          (layer, place) ->
              List.of(
                  convolution(
                      layer,
                      place.pass(),
                      place.input(),
                      place.output(),
                      place.outputGradient(),
                      place.inputGradient(),
                      place.parameters().get(0))));

  private final LaneTensor in;
  private final LaneTensor out;
  private final LaneTensor outGradient;
  private final LaneTensor inGradient;
  private final ParameterTensor weights;
  private final Phases phases;
  private final int area;
  private final WindowKernel kernel;
  private final List<WindowKernel> turned;
  private final float[] sums;

  private WindowStage(
      Convolutional layer,
      Pass pass,
      LaneTensor in,
      LaneTensor out,
      LaneTensor outGradient,
      LaneTensor inGradient,
      ParameterTensor weights,
      Function<Phases, WindowKernel> forward,
      BiFunction<Phases, Phases.Phase, WindowKernel> backward) {
    Shape read = layer.read(in.shape());
    this.in = in;
    this.out = out;
    this.outGradient = outGradient;
    this.inGradient = inGradient;
    this.weights = weights;
    Window window =
        new Window(
            layer.kernelRows(),
            layer.kernel(),
            layer.rowStride(),
            layer.stride(),
            layer.padding().zeros(layer.kernelRows()),
            layer.padding().zeros(layer.kernel()));
    this.phases = new Phases(read, out.shape(), window);
    // The weight gradient reads it again on the way back.
    pass.keep(phases.input());
    this.area = window.area();
    this.kernel = forward.apply(phases);
    this.turned = phases.phases().stream().map(phase -> backward.apply(phases, phase)).toList();
    this.sums = new float[kernel.sumsLength()];
  }

  /** Whether the stages for stride 1 and same padding do: a 1×1 kernel needs no padding. */
  static boolean isUsual(Convolutional layer) {
    return layer.stride() == 1 && layer.kernel() == 2 * layer.padding().zeros(layer.kernel()) + 1;
  }

  /** Zeros that a layer reads around its input, and around the gradient of its output. */
  static int padding(Convolutional layer) {
    return isUsual(layer) ? layer.kernel() / 2 : 0;
  }

  /** With one kernel for each pair of channel and filter. */
  static WindowStage convolution(
      Convolutional layer,
      Pass pass,
      LaneTensor in,
      LaneTensor out,
      LaneTensor outGradient,
      LaneTensor inGradient,
      ParameterTensor weights) {
    return new WindowStage(
        layer,
        pass,
        in,
        out,
        outGradient,
        inGradient,
        weights,
        ConvolutionKernel::new,
        ConvolutionKernel::new);
  }

  /** With one kernel for each channel. */
  static WindowStage depthwise(
      Convolutional layer,
      Pass pass,
      LaneTensor in,
      LaneTensor out,
      LaneTensor outGradient,
      LaneTensor inGradient,
      ParameterTensor weights) {
    return new WindowStage(
        layer,
        pass,
        in,
        out,
        outGradient,
        inGradient,
        weights,
        DepthwiseKernel::new,
        DepthwiseKernel::new);
  }

  @Override
  public void setParameters(float[] parameters) {
    kernel.setWeights(parameters, weights.offset());
    for (int i = 0; i < turned.size(); i++) {
      int[] positions = phases.phases().get(i).positions();
      turned.get(i).setTurnedWeights(parameters, weights.offset(), area, positions);
    }
    Arrays.fill(sums, 0);
  }

  @Override
  public void forward() {
    phases.read(in);
    for (int row = 0; row < out.shape().rows(); row++) {
      kernel.forward(row, out);
    }
  }

  @Override
  public void addParameterGradients() {
    kernel.addWeightGradient(outGradient, sums);
  }

  @Override
  public void inputGradient() {
    phases.readGradient(outGradient);
    for (int i = 0; i < turned.size(); i++) {
      LaneTensor gradient = phases.phases().get(i).gradient();
      for (int row = 0; row < gradient.shape().rows(); row++) {
        turned.get(i).forward(row, gradient);
      }
    }
    phases.writeGradient(inGradient);
  }

  @Override
  public void collect(float[] gradient) {
    kernel.collectWeightGradient(sums, gradient, weights.offset());
  }
}
