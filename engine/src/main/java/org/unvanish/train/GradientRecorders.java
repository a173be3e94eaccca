package org.unvanish.train;

import java.util.ArrayList;
import java.util.List;
import org.unvanish.gradient.GradientRecorder;
import org.unvanish.gradient.GradientSource;
import org.unvanish.network.ParameterTensor;

/** A recorder for each source and parameter tensor of a run, over the steps of one epoch. */
public final class GradientRecorders {

  private final List<ParameterTensor> tensors;

  private final List<GradientRecorder> data;
  private final List<GradientRecorder> penalty;
  private final List<GradientRecorder> total;

  /**
   * @param tensors in their order in the arrays that are recorded
   */
  public GradientRecorders(List<ParameterTensor> tensors) {
    this.tensors = tensors;
    this.data = recorders(tensors);
    this.penalty = recorders(tensors);
    this.total = recorders(tensors);
  }

  private static List<GradientRecorder> recorders(List<ParameterTensor> tensors) {
    return tensors.stream().map(tensor -> new GradientRecorder()).toList();
  }

  private List<GradientRecorder> of(GradientSource source) {
    return switch (source) {
      case DATA -> data;
      case PENALTY -> penalty;
      case TOTAL -> total;
    };
  }

  /**
   * Records all coordinates of one step.
   *
   * @param gradient of all tensors, each at its offset
   */
  public void record(GradientSource source, float[] gradient) {
    List<GradientRecorder> own = of(source);
    for (int i = 0; i < own.size(); i++) {
      ParameterTensor tensor = tensors.get(i);
      own.get(i).record(gradient, tensor.offset(), tensor.end());
    }
  }

  /** The epoch's statistics, pooled ones first; what was recorded is forgotten. */
  public List<ParameterGradient> finishEpoch() {
    List<ParameterGradient> result = new ArrayList<>();
    for (GradientSource source : GradientSource.values()) {
      GradientRecorder pooled = new GradientRecorder();
      of(source).forEach(pooled::merge);
      result.add(new ParameterGradient(ParameterGradient.ALL, source, pooled.statistics()));
    }
    for (int i = 0; i < tensors.size(); i++) {
      for (GradientSource source : GradientSource.values()) {
        GradientRecorder recorder = of(source).get(i);
        result.add(new ParameterGradient(tensors.get(i).name(), source, recorder.statistics()));
      }
    }
    for (GradientSource source : GradientSource.values()) {
      of(source).forEach(GradientRecorder::clear);
    }
    return result;
  }
}
