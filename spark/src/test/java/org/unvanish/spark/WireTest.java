package org.unvanish.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.unvanish.data.Dataset;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Definition;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.Recipe;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.execution.ExperimentRunner;
import org.unvanish.experiment.execution.RunEvents;
import org.unvanish.forecast.Forecast;
import org.unvanish.initialization.Initialization;
import org.unvanish.loss.Loss;
import org.unvanish.network.Kinds;
import org.unvanish.network.Layer;
import org.unvanish.network.Losses;
import org.unvanish.optimizer.Clipping;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.optimizer.Schedule;
import org.unvanish.penalty.Penalty;

class WireTest {

  @Test
  void everyKindOfLayerAndSettingArrivesAsItWas() {
    List<Object> kinds = new ArrayList<>();
    for (Class<?> sealed :
        List.of(
            Layer.class,
            Penalty.class,
            Optimizer.class,
            Schedule.Decay.class,
            Clipping.class,
            Initialization.class)) {
      kinds.addAll(Kinds.of(sealed));
    }
    for (Loss loss : Losses.all(3)) {
      kinds.add(loss);
    }
    assertThat(kinds).hasSizeGreaterThan(25);
    assertThat(kinds).allSatisfy(kind -> assertThat(arrived(kind)).isEqualTo(kind));
  }

  @Test
  void aRunArrivesWithItsNetwork() {
    Experiment experiment = Trained.experiment(2, 3);
    Run run = experiment.runs().get(1);
    Run arrived = arrived(run);
    assertThat(Definition.of(arrived.arm(), experiment.data()))
        .isEqualTo(Definition.of(run.arm(), experiment.data()));
    assertThat(arrived.seed()).isEqualTo(run.seed());
    assertThat(arrived.arm().seeds()).isEqualTo(run.arm().seeds());
    assertThat(arrived.arm().network().parameters()).isEqualTo(run.arm().network().parameters());
  }

  @Test
  void snapshotsAndForecastsArriveAsTheyWere() {
    List<Object> told = new ArrayList<>();
    Experiment experiment = Trained.experiment(1, 1);
    new ExperimentRunner(1)
        .probing()
        .run(
            experiment,
            Trained.DATA,
            new RunEvents() {
              @Override
              public void snapshotTaken(
                  Run run, SnapshotDiagnosis snapshot, Optional<Forecast> forecast) {
                told.add(snapshot);
                told.add(forecast);
              }
            });
    assertThat(told).hasSize(8);
    assertThat(told).allSatisfy(each -> assertThat(text(arrived(each))).isEqualTo(text(each)));
  }

  @Test
  void paddedSequencesAndTablesArriveWithTheirSamples() {
    float[][][] sequences = {{{1}, {2}}, {{3}}, {{4}, {5}, {6}}, {{7}}, {{8}}};
    for (Dataset data :
        List.of(
            Trained.DATA,
            Dataset.of("sequences", sequences, new float[][] {{1}, {2}, {3}, {4}, {5}}),
            Dataset.of("rows", new float[][] {{1}, {2}, {3}, {4}}, new int[] {0, 1, 0, 1}))) {
      Dataset arrived = arrived(data);
      assertThat(SharedData.of(arrived).samples()).isEqualTo(SharedData.of(data).samples());
      assertThat(arrived.sha256()).isEqualTo(data.sha256());
      assertThat(arrived.classes()).isEqualTo(data.classes());
    }
  }

  @Test
  void numbersThatAreNotThereAreNotThereAfterwards() {
    assertThat(List.of(arrived(OptionalDouble.empty()), arrived(OptionalDouble.of(0))))
        .containsExactly(OptionalDouble.empty(), OptionalDouble.of(0));
    assertThat(arrived(Optional.empty())).isEmpty();
  }

  @Test
  void aRecordIsCheckedWhereItArrives() {
    // What no constructor of ours would let through: the name is blanked on the way.
    byte[] bytes =
        Wire.bytes(new Arm("x", new Recipe.Watched(new Definition("a: b\n"), 1), List.of(1L)));
    for (int i = 0; i < bytes.length - 3; i++) {
      if (bytes[i] == 't' && bytes[i + 1] == 0 && bytes[i + 2] == 1 && bytes[i + 3] == 'x') {
        bytes[i + 3] = ' ';
      }
    }
    assertThatThrownBy(() -> Wire.value(bytes, Arm.class))
        .hasStackTraceContaining("an arm needs a name");
  }

  @SuppressWarnings("unchecked")
  private static <T> T arrived(T value) {
    return (T) Wire.value(Wire.bytes(value), value.getClass());
  }

  /** Arrays by their values, which records compare by identity. */
  private static String text(Object value) {
    return Arrays.toString(Wire.bytes(value));
  }
}
