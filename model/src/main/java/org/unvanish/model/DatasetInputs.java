package org.unvanish.model;

import java.util.List;
import java.util.Optional;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Targets;
import org.unvanish.data.scaling.ChannelScaling;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.diagnosis.evidence.DataEvidence;
import org.unvanish.loss.TargetKind;
import org.unvanish.model.graph.Tensor;
import org.unvanish.probe.DataReading;

/** The training samples of a data set: a table, images or sequences. */
final class DatasetInputs implements ModelData {

  private final Dataset data;
  private final InputLayout layout;
  private final InputLayout.Arranged arranged;
  private final List<ChannelScaling> scaling;

  /**
   * @param scaling of all but categories, whose numbers are names
   * @throws ModelRefusedException if the samples do not fit the model
   */
  DatasetInputs(Dataset data, InputLayout layout, PixelScaling scaling) {
    this(data, layout, (layout.categories() > 0 ? PixelScaling.RAW : scaling).fit(data.train()));
  }

  private DatasetInputs(Dataset data, InputLayout layout, List<ChannelScaling> scaling) {
    this.data = data;
    this.layout = layout;
    this.arranged = layout.arranged(data.title(), data.train().shape());
    this.scaling = scaling;
  }

  @Override
  public String title() {
    return data.title();
  }

  @Override
  public int count() {
    return data.train().count();
  }

  @Override
  public Tensor inputs(int[] samples) {
    ImageSet train = data.train();
    int size = train.shape().size();
    int ofChannel = train.shape().rows() * train.shape().columns();
    double[][] values = new double[samples.length][size];
    for (int i = 0; i < samples.length; i++) {
      for (int k = 0; k < size; k++) {
        int index = arranged.order()[k];
        values[i][k] = train.scaled(samples[i], index, scaling.get(index / ofChannel));
      }
    }
    return layout.joined(values, arranged.shape());
  }

  @Override
  public Optional<Learnt> learnt() {
    Targets targets = data.train().targets().scaled(scaling);
    int width = targets.kind() == TargetKind.CLASSES ? data.classes().size() : targets.width();
    return Optional.of(new Learnt(targets, targets.kind(), width));
  }

  @Override
  public ModelData standardised() {
    return new DatasetInputs(data, layout, PixelScaling.STANDARDISED);
  }

  @Override
  public DataEvidence evidence() {
    DataEvidence read = DataReading.of(data);
    return layout.categories() == 0
        ? read
        : new DataEvidence(
            read.samples(),
            read.inputs(),
            read.constantInputs(),
            read.trainingClasses(),
            read.testClasses(),
            Double.NaN);
  }
}
