package org.unvanish.torch;

import java.nio.file.Path;
import java.util.List;
import org.unvanish.data.Dataset;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.experiment.Arm;
import org.unvanish.paper.PaperSpecs;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.spec.Overrides;

/** Arms on synthetic images. */
final class Specs {

  private Specs() {}

  /** One of the paper's experiments, on a few batches of synthetic images. */
  static ExperimentSpec paper(String figure, int samples) {
    return PaperSpecs.spec(figure)
        .with(Overrides.NONE.toBuilder().data("synthetic").trainSamples(samples).epochs(1).build());
  }

  /**
   * A small network.
   *
   * @param arm its keys, as in a spec
   */
  static ExperimentSpec small(String arm) {
    return ExperimentSpec.parse(
        """
        name: small
        data: {source: synthetic, train-samples: 320}
        network:
          - max-pooling: 4
          - {conv: {kernel: 3, filters: 3, bias: true}}
          - activation
          - max-pooling: 2
          - {dense: {units: 8, bias: true}}
          - activation
          - {dense: {units: 8, bias: true}}
          - activation
          - dense: classes
        arms: [{name: small, %s}]
        """
            .formatted(arm),
        "small.yaml");
  }

  /** A network that is saturated from end to end if its parameters are large. */
  static ExperimentSpec deep(String arm) {
    return ExperimentSpec.parse(
        """
        name: deep
        data: {source: synthetic, train-samples: 320}
        network:
          - max-pooling: 8
          - repeat: 6
            layers: [{dense: 8}, activation]
          - dense: classes
        arms: [{name: deep, %s}]
        """
            .formatted(arm),
        "deep.yaml");
  }

  static Dataset data(ExperimentSpec spec) {
    return new DataCatalog(Path.of("target", "no-data")).load(spec.dataSource());
  }

  static List<Arm> arms(ExperimentSpec spec) {
    return spec.experiment(data(spec)).arms();
  }

  /** The arm of a small network. */
  static Arm arm(String keys) {
    return arms(small(keys)).get(0);
  }
}
