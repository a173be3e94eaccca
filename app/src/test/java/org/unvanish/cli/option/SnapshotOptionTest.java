package org.unvanish.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.unvanish.data.Shape;
import org.unvanish.network.Network;
import org.unvanish.probe.ProbedTraining;
import org.unvanish.train.TrainingSettings;

class SnapshotOptionTest {

  /** The help shows it, the library does it. */
  @Test
  void theDefaultIsThatOfTheLibrary() {
    Network network = Network.builder(Shape.flat(2)).dense(2).build();
    assertThat(new SnapshotOption(SnapshotOption.DEFAULT).steps(1000))
        .isEqualTo(ProbedTraining.usualSteps(network, TrainingSettings.DEFAULT, 32_000));
  }
}
