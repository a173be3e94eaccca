package org.unvanish.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Model;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.gradient.GradientSource;
import org.unvanish.penalty.Penalty;
import org.unvanish.store.RunState;
import org.unvanish.store.RunStore;
import org.unvanish.store.StoreException;
import org.unvanish.store.StoredExperiment;
import org.unvanish.store.StoredRun;
import org.unvanish.train.ParameterGradient;

class StoreSinkTest {

  @TempDir private Path folder;

  @Test
  void eachTrainingIsARunOfItsArm() throws Exception {
    train("tanh", block(Activation.tanhBlock()), 2, 0);
    train("tanh, α = 2", block(ScaledActivation.fixed(ActivationFunction.TANH, 2)), 3, 0.01);
    train("tanh", block(Activation.tanhBlock()), 1, 0);
    try (RunStore store = RunStore.read(folder)) {
      StoredExperiment stored = store.experiments().get(0);
      assertThat(store.experiments()).hasSize(1);
      assertThat(stored.isWatched()).isTrue();
      assertThat(stored.name()).isEqualTo("my-net");
      assertThat(stored.title()).isEqualTo("my-net, trained by Deep Java Library");
      assertThat(stored.data().trainSamples()).isEqualTo(40);
      assertThat(stored.data().testSamples()).isEqualTo(40);
      assertThat(stored.data().classes()).isEqualTo(3);
      assertThat(stored.data().shape()).isEqualTo(org.unvanish.data.Shape.flat(4));

      Experiment experiment = stored.watched();
      assertThat(experiment.arms().stream().map(Arm::name)).containsExactly("tanh", "tanh, α = 2");
      assertThat(experiment.arms().get(0).seeds()).containsExactly(1L, 2L);
      assertThat(experiment.arms().get(0).isPenalised()).isFalse();
      assertThat(experiment.arms().get(1).isPenalised()).isTrue();
      assertThat(experiment.arms().get(1).recipe().toString())
          .contains("layer 01Linear: Linear, weight (5, 4), bias (5)")
          .contains("layer 02ScaledActivation: tanh, α = 2")
          .contains("penalty: L2[r=0.01, scope=ALL]")
          .contains("input: (4)")
          .contains("trained by: Deep Java Library");

      List<StoredRun> runs = store.runs(experiment);
      assertThat(runs).allMatch(run -> run.state() == RunState.FINISHED);
      assertThat(runs.stream().map(StoredRun::epochsDone)).containsExactly(2, 1, 3);
      assertThat(runs.stream().map(StoredRun::epochsAsked)).containsExactly(2, 1, 3);
      ExperimentResult result = store.result(experiment);
      assertThat(result.runs())
          .allSatisfy(
              run -> {
                assertThat(run.outcome()).isInstanceOf(RunOutcome.Finished.class);
                assertThat(
                        run.epochs()
                            .get(0)
                            .gradient(ParameterGradient.ALL, GradientSource.TOTAL)
                            .meanAbs())
                    .isPositive();
              });
    }
  }

  @Test
  void aTrainingUnderWayIsSeenFromOutside() throws Exception {
    try (Model model = model(block(Activation.tanhBlock()))) {
      try (Trainer trainer = model.newTrainer(config(Loss.softmaxCrossEntropyLoss(), "tanh"))) {
        EasyTrain.fit(trainer, 2, data(model.getNDManager()), null);
        try (RunStore store = RunStore.read(folder)) {
          StoredRun run = store.runs(store.experiments().get(0).watched()).get(0);
          assertThat(run.state()).isEqualTo(RunState.RUNNING);
          assertThat(run.epochsDone()).isEqualTo(2);
          assertThat(run.epochsAsked()).isEqualTo(3);
        }
        assertThatThrownBy(() -> model.newTrainer(config(Loss.softmaxCrossEntropyLoss(), "other")))
            .isInstanceOf(StoreException.class);
      }
    }
  }

  @Test
  void aRunThatDivergesKeepsItsEpochsBefore() throws Exception {
    try (Model model = model(block(Activation.reluBlock()))) {
      DefaultTrainingConfig config =
          new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
              .optOptimizer(Optimizer.sgd().setLearningRateTracker(Tracker.fixed(1e30f)).build())
              .addTrainingListeners(GradientMonitor.into(folder, "relu"));
      try (Trainer trainer = model.newTrainer(config)) {
        EasyTrain.fit(trainer, 2, data(model.getNDManager()), null);
      }
    }
    try (RunStore store = RunStore.read(folder)) {
      StoredRun run = store.runs(store.experiments().get(0).watched()).get(0);
      assertThat(run.state()).isEqualTo(RunState.DIVERGED);
      assertThat(run.ended().orElseThrow().detail()).startsWith("in epoch 1 at step ");
    }
  }

  @Test
  void anotherNetworkNeedsAnotherNameOfTheArm() throws Exception {
    train("tanh", block(Activation.tanhBlock()), 1, 0);
    assertThatThrownBy(() -> train("tanh", block(Activation.reluBlock()), 1, 0))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("tanh: layer 02LambdaBlock: tanh in the folder, relu now");
  }

  @Test
  void whichStepsAreRecordedBelongsToTheArm() throws Exception {
    try (Model model = model(block(Activation.tanhBlock()))) {
      DefaultTrainingConfig config =
          new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
              .addTrainingListeners(GradientMonitor.into(folder, "tanh").every(2));
      try (Trainer trainer = model.newTrainer(config)) {
        EasyTrain.fit(trainer, 1, data(model.getNDManager()), null);
      }
    }
    try (RunStore store = RunStore.read(folder)) {
      Experiment experiment = store.experiments().get(0).watched();
      assertThat(experiment.arms().get(0).recorded().every()).isEqualTo(2);
      assertThat(
              store
                  .result(experiment)
                  .runs()
                  .get(0)
                  .epochs()
                  .get(0)
                  .gradient(ParameterGradient.ALL, GradientSource.DATA)
                  .count())
          .isEqualTo(3 * 43);
    }
    assertThatThrownBy(() -> train("tanh", block(Activation.tanhBlock()), 1, 0))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("record every: 2 in the folder, 1 now");
  }

  @Test
  void aFolderThatCannotBeUsedIsToldBeforeAnythingIsTrained() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    try (Model model = model(block(Activation.tanhBlock()))) {
      DefaultTrainingConfig config =
          new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
              .addTrainingListeners(GradientMonitor.into(file, "tanh"));
      assertThatThrownBy(() -> model.newTrainer(config))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(file.toString());
    }
  }

  @Test
  void anArmNeedsAName() {
    assertThatThrownBy(() -> GradientMonitor.into(folder, " "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("name");
  }

  private void train(String arm, Block block, int epochs, double r) throws Exception {
    try (Model model = model(block)) {
      Loss loss = Loss.softmaxCrossEntropyLoss();
      DefaultTrainingConfig config =
          config(r == 0 ? loss : new PenaltyLoss(loss, block, Penalty.l2(r)), arm);
      try (Trainer trainer = model.newTrainer(config)) {
        ArrayDataset data = data(model.getNDManager());
        EasyTrain.fit(trainer, epochs, data, data);
      }
    }
  }

  private DefaultTrainingConfig config(Loss loss, String arm) {
    return new DefaultTrainingConfig(loss).addTrainingListeners(GradientMonitor.into(folder, arm));
  }

  private static Model model(Block block) {
    Model model = Model.newInstance("_my net");
    model.setBlock(block);
    return model;
  }

  private static Block block(Block activation) {
    return new SequentialBlock()
        .add(Linear.builder().setUnits(5).build())
        .add(activation)
        .add(Linear.builder().setUnits(3).build());
  }

  private static ArrayDataset data(NDManager manager) {
    float[] labels = new float[40];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % 3;
    }
    return new ArrayDataset.Builder()
        .setData(manager.randomNormal(new Shape(40, 4)))
        .optLabels(manager.create(labels))
        .setSampling(8, false)
        .build();
  }
}
