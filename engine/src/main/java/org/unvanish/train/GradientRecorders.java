package org.unvanish.train;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.unvanish.gradient.GradientRecorder;
import org.unvanish.gradient.GradientSource;
import org.unvanish.gradient.GradientStatistics;
import org.unvanish.network.ParameterTensor;

/** A recorder for each source and parameter tensor of a run, over the steps of one epoch. */
public final class GradientRecorders {

  private final List<ParameterTensor> tensors;
  private final boolean penalised;

  private final List<GradientRecorder> data;
  private final List<GradientRecorder> penalty;
  private final List<GradientRecorder> total;

  /**
   * @param tensors in their order in the arrays that are recorded
   * @param penalised false if there is no penalty: the total gradient then is the data gradient,
   *     that of the penalty is zero, and only the data gradient is to be recorded
   */
  public GradientRecorders(List<ParameterTensor> tensors, boolean penalised) {
    this.tensors = tensors;
    this.penalised = penalised;
    this.data = recorders(tensors);
    this.penalty = penalised ? recorders(tensors) : List.of();
    this.total = penalised ? recorders(tensors) : List.of();
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

  /**
   * Records the coordinates of one tensor in one step.
   *
   * @param tensor its place among the tensors
   * @param gradient of this tensor, from the array's start; what follows is left out
   */
  public void record(GradientSource source, int tensor, float[] gradient) {
    of(source).get(tensor).record(gradient, 0, tensors.get(tensor).size());
  }

  /** The epoch's statistics, pooled ones first; what was recorded is forgotten. */
  public List<ParameterGradient> finishEpoch() {
    List<ParameterGradient> result = new ArrayList<>();
    add(result, ParameterGradient.ALL, this::pooled);
    for (int i = 0; i < tensors.size(); i++) {
      int tensor = i;
      add(result, tensors.get(i).name(), source -> of(source).get(tensor).statistics());
    }
    for (GradientSource source : GradientSource.values()) {
      of(source).forEach(GradientRecorder::clear);
    }
    return result;
  }

  private GradientStatistics pooled(GradientSource source) {
    GradientRecorder pooled = new GradientRecorder();
    of(source).forEach(pooled::merge);
    return pooled.statistics();
  }

  private void add(
      List<ParameterGradient> result,
      String name,
      Function<GradientSource, GradientStatistics> recorded) {
    GradientStatistics ofData = recorded.apply(GradientSource.DATA);
    for (GradientSource source : GradientSource.values()) {
      GradientStatistics statistics =
          switch (source) {
            case DATA -> ofData;
            case PENALTY ->
                penalised ? recorded.apply(source) : GradientStatistics.zeros(ofData.count());
            case TOTAL -> penalised ? recorded.apply(source) : ofData;
          };
      result.add(new ParameterGradient(name, source, statistics));
    }
  }
}
