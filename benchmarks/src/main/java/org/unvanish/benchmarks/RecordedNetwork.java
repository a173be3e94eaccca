package org.unvanish.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.unvanish.data.Dataset;
import org.unvanish.data.LoadProgress;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.experiment.Arm;
import org.unvanish.network.Network;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.train.TrainingSettings;

/**
 * A training whose recording is looked at.
 *
 * @param name for readers
 * @param network with tanh
 * @param settings batches of 32, Adam, Glorot's initial weights
 * @param data 10,000 training samples
 */
record RecordedNetwork(String name, Network network, TrainingSettings settings, Dataset data) {

  private static final String SPEC =
      """
      name: recording
      data: %s
      defaults: {activation: tanh, initial-values: glorot, epochs: 4, seeds: 1}
      arms: [{name: "%s", network: %s}]
      """;

  private static final String IMAGES = "{source: synthetic, train-samples: 10000}";

  /** From those that use each parameter most often to those that use it once a sample. */
  static List<RecordedNetwork> all() {
    DataCatalog catalog = DataCatalog.standard();
    List<RecordedNetwork> all = new ArrayList<>();
    for (String[] row :
        new String[][] {
          {
            "table 2: nine convolutions of 3 filters",
            IMAGES,
            """
            [{repeat: 3, layers: [{repeat: 3, layers: [conv: {kernel: 3, filters: 3}, activation]}, max-pooling: 2]},
             {repeat: 4, layers: [dense: 8, activation]}, dense: classes]"""
          },
          {
            "convolutions of 32, 64 and 64 filters, dense 128",
            IMAGES,
            """
            [conv: {kernel: 3, filters: 32}, activation, max-pooling: 2,
             conv: {kernel: 3, filters: 64}, activation, max-pooling: 2,
             conv: {kernel: 3, filters: 64}, activation, max-pooling: 2,
             dense: {units: 128, bias: true}, activation, dense: {units: classes, bias: true}]"""
          },
          {
            "LSTM of 64 units, 100 steps",
            "{source: adding, steps: 100, samples: 12500}",
            "[lstm: 64, dense: {units: targets, bias: true}]"
          },
          {
            "dense 16, 16 on 2 inputs",
            "{source: circles, samples: 12500}",
            "[{repeat: 2, layers: [dense: {units: 16, bias: true}, activation]}, dense: targets]"
          },
          {
            "dense 24, 24 on 3,072 inputs",
            IMAGES,
            "[{repeat: 2, layers: [dense: {units: 24, bias: true}, activation]}, dense: classes]"
          },
          {
            "dense 128, 128 on 3,072 inputs",
            IMAGES,
            "[{repeat: 2, layers: [dense: {units: 128, bias: true}, activation]}, dense: classes]"
          },
          {
            "ten dense layers of 256",
            IMAGES,
            "[{repeat: 10, layers: [dense: {units: 256, bias: true}, activation]}, dense: classes]"
          },
          {
            "dense 1,024, 1,024",
            IMAGES,
            "[{repeat: 2, layers: [dense: {units: 1024, bias: true}, activation]}, dense: classes]"
          },
        }) {
      ExperimentSpec spec = ExperimentSpec.parse(SPEC.formatted(row[1], row[0], row[2]), row[0]);
      Dataset data = spec.load(catalog, LoadProgress.SILENT);
      Arm arm = spec.experiment(data).arms().get(0);
      all.add(new RecordedNetwork(row[0], arm.network(), arm.settings(), data));
    }
    return all;
  }
}
