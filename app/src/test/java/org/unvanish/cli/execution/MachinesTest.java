package org.unvanish.cli.execution;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.unvanish.cli.terminal.CommandFailure;
import org.unvanish.data.Shape;
import org.unvanish.experiment.Arm;
import org.unvanish.initialization.Initialization;
import org.unvanish.network.Network;
import org.unvanish.train.TrainingSettings;

class MachinesTest {

  private static final Network NETWORK = Network.builder(Shape.flat(2)).dense(2).build();

  @Test
  void initialWeightsInAFileAreRefusedOnAClusterWithTheWayOut() {
    TrainingSettings settings = TrainingSettings.DEFAULT;
    Initialization file = new Initialization.FromFile("/data/own.safetensors", "0".repeat(64));
    assertThatCode(() -> require(settings)).doesNotThrowAnyException();
    for (TrainingSettings given :
        List.of(
            settings.withInitialValues(file, settings.biases()), settings.withRecurrent(file))) {
      assertThatThrownBy(() -> require(given))
          .isInstanceOf(CommandFailure.class)
          .hasMessage(
              "--executor spark cannot train arm plain: its initial weights are in"
                  + " /data/own.safetensors, which other machines do not have. Leave out --executor"
                  + " to train here, or use --shard");
    }
  }

  private static void require(TrainingSettings settings) {
    Machines.requireForCluster(new Arm("plain", NETWORK, settings, List.of(1L)));
  }
}
