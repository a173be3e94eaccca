package org.unvanish.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.loss.Loss;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.gradient.GradientSource;
import org.unvanish.penalty.Penalty;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.ParameterGradient;

/** What works for a file that somebody made with Python, and what does not. */
class TorchScriptTest {

  private Model model;

  @BeforeEach
  void load(@TempDir Path folder) throws Exception {
    TorchScriptFile.write(folder.resolve("net.pt"));
    model = Model.newInstance("net");
    model.load(folder, "net", Map.of("trainParam", "true"));
  }

  @AfterEach
  void close() {
    model.close();
  }

  @Test
  void itsGradientsCanBeWatched() throws Exception {
    List<EpochRecord> epochs = train(Loss.softmaxCrossEntropyLoss(), null);
    assertThat(epochs).hasSize(3);
    assertThat(epochs.get(2).trainLoss()).isLessThan(epochs.get(0).trainLoss());
    assertThat(epochs.get(0).gradients().stream().map(ParameterGradient::parameter).distinct())
        .containsExactly(ParameterGradient.ALL, "weight1", "bias1", "weight2", "bias2");
    assertThat(epochs.get(0).gradient("weight1", GradientSource.DATA).meanAbs()).isPositive();
  }

  @Test
  void itCanBePenalised() throws Exception {
    Loss loss =
        new PenaltyLoss(
            Loss.softmaxCrossEntropyLoss(),
            model.getBlock(),
            new Penalty.L2(0.5, Penalty.Scope.WEIGHTS));
    EpochRecord epoch = train(loss, null).get(0);
    assertThat(epoch.gradient("weight1", GradientSource.PENALTY).meanAbs()).isPositive();
    assertThat(epoch.gradient("bias1", GradientSource.PENALTY).meanAbs()).isZero();
  }

  @Test
  void itsLayersCannotBeDiagnosedOrScaled() {
    assertThatThrownBy(() -> DjlDiagnosis.diagnose(model, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("its layers cannot be seen")
        .hasMessageContaining("GradientMonitor");
    assertThatThrownBy(() -> Remedies.scale(model.getBlock(), 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot be copied");
  }

  /** DJL's own limit, of which the documentation tells. */
  @Test
  void djlCannotValidateItWhileItTrains() {
    NDManager manager = model.getNDManager();
    assertThatThrownBy(() -> train(Loss.softmaxCrossEntropyLoss(), data(manager)))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("Inference tensors");
  }

  private List<EpochRecord> train(Loss loss, ArrayDataset validation) throws Exception {
    List<EpochRecord> epochs = new ArrayList<>();
    DefaultTrainingConfig config =
        new DefaultTrainingConfig(loss).addTrainingListeners(GradientMonitor.to(epochs::add));
    try (Trainer trainer = model.newTrainer(config)) {
      trainer.initialize(new Shape(8, 4));
      EasyTrain.fit(trainer, 3, data(model.getNDManager()), validation);
    }
    return epochs;
  }

  private static ArrayDataset data(NDManager manager) {
    manager.getEngine().setRandomSeed(4);
    float[] labels = new float[32];
    return new ArrayDataset.Builder()
        .setData(manager.randomNormal(new Shape(labels.length, 4)))
        .optLabels(manager.create(labels))
        .setSampling(8, false)
        .build();
  }
}
