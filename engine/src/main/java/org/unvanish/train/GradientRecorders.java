package org.unvanish.train;

import java.util.ArrayList;
import java.util.List;
import org.unvanish.gradient.GradientRecorder;
import org.unvanish.gradient.GradientSource;
import org.unvanish.network.ParameterTensor;

/** A recorder for each source and parameter tensor of a run, over the steps of one epoch. */
final class GradientRecorders {

  private final List<ParameterTensor> tensors;

  /** [source][tensor] */
  private final List<List<GradientRecorder>> recorders = new ArrayList<>();

  GradientRecorders(List<ParameterTensor> tensors) {
    this.tensors = tensors;
    for (int source = 0; source < GradientSource.values().length; source++) {
      recorders.add(tensors.stream().map(tensor -> new GradientRecorder()).toList());
    }
  }

  /** Records all coordinates of one step. */
  void record(GradientSource source, float[] gradient) {
    List<GradientRecorder> own = recorders.get(source.ordinal());
    for (int i = 0; i < own.size(); i++) {
      ParameterTensor tensor = tensors.get(i);
      own.get(i).record(gradient, tensor.offset(), tensor.end());
    }
  }

  /** The epoch's statistics, pooled ones first; what was recorded is forgotten. */
  List<ParameterGradient> finishEpoch() {
    List<ParameterGradient> result = new ArrayList<>();
    for (GradientSource source : GradientSource.values()) {
      GradientRecorder pooled = new GradientRecorder();
      recorders.get(source.ordinal()).forEach(pooled::merge);
      result.add(new ParameterGradient(ParameterGradient.ALL, source, pooled.statistics()));
    }
    for (int i = 0; i < tensors.size(); i++) {
      for (GradientSource source : GradientSource.values()) {
        GradientRecorder recorder = recorders.get(source.ordinal()).get(i);
        result.add(new ParameterGradient(tensors.get(i).name(), source, recorder.statistics()));
      }
    }
    recorders.forEach(own -> own.forEach(GradientRecorder::clear));
    return result;
  }
}
