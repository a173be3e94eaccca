package org.unvanish.model;

import java.util.Optional;
import org.unvanish.diagnosis.evidence.DataEvidence;
import org.unvanish.loss.TargetTable;
import org.unvanish.model.graph.Tensor;

/** Samples whose targets, which are numbers, have mean 0 and standard deviation 1 each. */
record StandardisedTargets(ModelData data) implements ModelData {

  @Override
  public String title() {
    return data.title();
  }

  @Override
  public int count() {
    return data.count();
  }

  @Override
  public Tensor inputs(int[] samples) {
    return data.inputs(samples);
  }

  @Override
  public Optional<Learnt> learnt() {
    return data.learnt().map(l -> new Learnt(table(l.targets()), l.kind(), l.width()));
  }

  private static TargetTable table(TargetTable targets) {
    int width = targets.width();
    double[] means = new double[width];
    double[] deviations = new double[width];
    for (int i = 0; i < width; i++) {
      double sum = 0;
      double squares = 0;
      double first = targets.value(0, i);
      boolean same = true;
      for (int sample = 0; sample < targets.count(); sample++) {
        sum += targets.value(sample, i);
        same &= targets.value(sample, i) == first;
      }
      // A mean is rounded: of equal values, what is left of them would be scaled to 1 or −1.
      means[i] = same ? first : sum / targets.count();
      for (int sample = 0; sample < targets.count(); sample++) {
        double difference = targets.value(sample, i) - means[i];
        squares += difference * difference;
      }
      deviations[i] = squares > 0 ? Math.sqrt(squares / targets.count()) : 1;
    }
    return new TargetTable() {
      @Override
      public int count() {
        return targets.count();
      }

      @Override
      public int width() {
        return width;
      }

      @Override
      public double value(int sample, int index) {
        return (targets.value(sample, index) - means[index]) / deviations[index];
      }
    };
  }

  @Override
  public ModelData standardised() {
    return new StandardisedTargets(data.standardised());
  }

  @Override
  public DataEvidence evidence() {
    return data.evidence();
  }
}
