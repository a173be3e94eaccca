package org.unvanish.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.dataset.Batch;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.listener.TrainingListenerAdapter;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.gradient.GradientSource;
import org.unvanish.gradient.GradientStatistics;
import org.unvanish.initialization.Initialization;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor;
import org.unvanish.penalty.Penalty;
import org.unvanish.store.RunStore;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.GradientRecorders;
import org.unvanish.train.ParameterGradient;
import org.unvanish.train.TrainingDecision;
import org.unvanish.train.TrainingSettings;

class GradientMonitorTest {

  private static final int BATCH = 64;

  /**
   * One batch an epoch, so that both train on the same batches whatever their order is. Not Adam:
   * where a gradient is nothing but roundings, each moves its parameter by a whole learning rate.
   */
  private static TrainingSettings settings(
      Penalty penalty, Initialization start, int epochs, double rate) {
    return new TrainingSettings(
        new org.unvanish.optimizer.Optimizer.Sgd(rate, 0),
        penalty,
        start,
        new Initialization.Zeros(),
        PixelScaling.UNIT,
        BATCH,
        epochs);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.01})
  void statisticsOfTable3sNetworkAgreeWithTheEngines(double r) throws Exception {
    compareWithEngine(r, new Initialization.Glorot(), 3, 0.125, 1e-5, true);
  }

  /**
   * The paper's own initial values. Nearly all units are saturated, where single precision leaves
   * f′ = 1 − y² few digits, each in its own way of computing y. Small gradients have none at all:
   * only what is made of the large ones is compared, and the step is so small that the test data
   * meet the same network.
   */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.01})
  void soTheyDoInTheLargeParametersRegime(double r) throws Exception {
    compareWithEngine(r, new Initialization.Uniform(10), 1, 0x1p-20, 0.03, false);
  }

  /**
   * In that regime, too, and after steps of Adam: to the bit, as nothing is computed twice. Of four
   * steps an epoch all are recorded, or the first and the last.
   */
  @ParameterizedTest
  @CsvSource({"0,1", "0.01,1", "0,3", "0.01,3"})
  void theRecordIsOfTheGradientsThatDjlShows(double r, int every) throws Exception {
    Penalty penalty = r == 0 ? Penalty.none() : Penalty.l2(r);
    Network network =
        Twin.table3(org.unvanish.activation.Activation.scaled(ActivationFunction.TANH, 2));
    Dataset images = Twin.images(BATCH, 20);
    TrainingSettings start = settings(penalty, new Initialization.Uniform(10), 1, 1);
    List<EpochRecord> watched = new ArrayList<>();
    try (Model model =
            Twin.model(
                "table3",
                network,
                new org.unvanish.train.Trainer(network, start, images, 5).parameters());
        NDManager manager = model.getNDManager().newSubManager()) {
      Loss loss = Loss.softmaxCrossEntropyLoss();
      Shown shown = new Shown(model.getBlock(), network, (float) r, every);
      DefaultTrainingConfig config =
          config(r == 0 ? loss : new PenaltyLoss(loss, model.getBlock(), penalty))
              .addTrainingListeners(
                  shown.before, GradientMonitor.to(watched::add).every(every), shown.after);
      try (Trainer trainer = model.newTrainer(config)) {
        EasyTrain.fit(trainer, 3, Twin.data(images.train(), BATCH / 4, manager), null);
      }
      assertThat(watched).hasSize(3);
      assertThat(watched.stream().map(EpochRecord::gradients).toList()).isEqualTo(shown.epochs);
      assertThat(shown.completed).as("steps with the total gradient").isEqualTo(3 * 4);
    }
  }

  /** What a listener sees that is told of a batch before the monitor, and one after it. */
  private static final class Shown {
    private final List<Parameter> parameters;
    private final GradientRecorders recorders;
    private final float r;
    private final int every;
    private final List<List<ParameterGradient>> epochs = new ArrayList<>();
    private float[][] totals = {};
    private int completed;
    private int step;

    Shown(Block block, Network network, float r, int every) {
      this.parameters = block.getParameters().values();
      this.r = r;
      this.every = every;
      List<ParameterTensor> tensors = new ArrayList<>();
      for (ParameterTensor tensor : network.parameters()) {
        tensors.add(
            new ParameterTensor(
                block.getParameters().keys().get(tensors.size()),
                tensor.kind(),
                tensor.shape(),
                tensor.offset(),
                tensor.fanIn(),
                tensor.fanOut(),
                tensor.start()));
      }
      this.recorders = new GradientRecorders(tensors, r != 0);
    }

    private final TrainingListener before =
        new TrainingListenerAdapter() {
          @Override
          public void onTrainingBatch(Trainer trainer, BatchData batch) {
            totals = new float[parameters.size()][];
            boolean recorded = step++ % every == 0;
            for (int i = 0; i < totals.length; i++) {
              float[] data = gradient(i);
              if (recorded) {
                recorders.record(GradientSource.DATA, i, data);
              }
              totals[i] = r == 0 ? data : penalised(i, data, recorded);
            }
          }

          @Override
          public void onEpoch(Trainer trainer) {
            epochs.add(recorders.finishEpoch());
            step = 0;
          }
        };

    private final TrainingListener after =
        new TrainingListenerAdapter() {
          @Override
          public void onTrainingBatch(Trainer trainer, BatchData batch) {
            boolean all = true;
            for (int i = 0; i < totals.length; i++) {
              all &= Arrays.equals(totals[i], gradient(i));
            }
            completed += all ? 1 : 0;
          }
        };

    private float[] gradient(int i) {
      return parameters.get(i).getArray().getGradient().toFloatArray();
    }

    private float[] penalised(int i, float[] data, boolean recorded) {
      float[] penalty = parameters.get(i).getArray().toFloatArray();
      float[] total = data.clone();
      for (int j = 0; j < total.length; j++) {
        penalty[j] *= r;
        total[j] += penalty[j];
      }
      if (recorded) {
        recorders.record(GradientSource.PENALTY, i, penalty);
        recorders.record(GradientSource.TOTAL, i, total);
      }
      return total;
    }
  }

  private static void compareWithEngine(
      double r, Initialization start, int epochs, double rate, double tolerance, boolean small)
      throws Exception {
    Penalty penalty = r == 0 ? Penalty.none() : Penalty.l2(r);
    Network network =
        Twin.table3(org.unvanish.activation.Activation.scaled(ActivationFunction.TANH, 2));
    Dataset images = Twin.images(BATCH, 20);
    org.unvanish.train.Trainer engine =
        new org.unvanish.train.Trainer(network, settings(penalty, start, epochs, rate), images, 5);
    List<EpochRecord> watched = new ArrayList<>();
    try (Model model = Twin.model("table3", network, engine.parameters());
        NDManager manager = model.getNDManager().newSubManager()) {
      Loss loss = Loss.softmaxCrossEntropyLoss();
      DefaultTrainingConfig config =
          config(r == 0 ? loss : new PenaltyLoss(loss, model.getBlock(), penalty))
              .optOptimizer(
                  Optimizer.sgd().setLearningRateTracker(Tracker.fixed((float) rate)).build())
              .addTrainingListeners(GradientMonitor.to(watched::add));
      try (Trainer trainer = model.newTrainer(config)) {
        EasyTrain.fit(
            trainer,
            epochs,
            Twin.data(images.train(), BATCH, manager),
            Twin.data(images.test(), 7, manager));
      }
      List<EpochRecord> trained = train(engine);
      assertThat(watched).hasSize(epochs);
      List<String> names = model.getBlock().getParameters().keys();
      for (int epoch = 0; epoch < epochs; epoch++) {
        EpochRecord expected = trained.get(epoch);
        EpochRecord actual = watched.get(epoch);
        assertThat(actual.epoch()).isEqualTo(epoch + 1);
        close(actual.trainLoss(), expected.trainLoss(), tolerance, "training loss");
        close(actual.testLoss(), expected.testLoss(), tolerance, "test loss");
        assertThat(actual.trainAccuracy()).isEqualTo(expected.trainAccuracy());
        assertThat(actual.testAccuracy()).isEqualTo(expected.testAccuracy());
        assertThat(actual.gradients()).hasSameSizeAs(expected.gradients());
        for (int i = 0; i < expected.gradients().size(); i++) {
          ParameterGradient wanted = expected.gradients().get(i);
          ParameterGradient found = actual.gradients().get(i);
          assertThat(found.source()).isEqualTo(wanted.source());
          assertThat(found.parameter())
              .isEqualTo(i < 3 ? ParameterGradient.ALL : names.get(i / 3 - 1));
          agree(found.statistics(), wanted.statistics(), tolerance, wanted.toString());
          if (small) {
            agreeOnSmallOnes(found.statistics(), wanted.statistics(), tolerance, wanted.toString());
          }
        }
      }
    }
  }

  private static void agree(
      GradientStatistics actual, GradientStatistics wanted, double tolerance, String what) {
    assertThat(actual.count()).isEqualTo(wanted.count());
    close(actual.meanAbs(), wanted.meanAbs(), tolerance, what);
    close(actual.rms(), wanted.rms(), tolerance, what);
    close(actual.maxAbs(), wanted.maxAbs(), tolerance, what);
  }

  private static void agreeOnSmallOnes(
      GradientStatistics actual, GradientStatistics wanted, double tolerance, String what) {
    // Quantiles are bins, of which a neighbour may be hit.
    close(actual.q25(), wanted.q25(), tolerance + 0.06, what);
    close(actual.q50(), wanted.q50(), tolerance + 0.06, what);
    close(actual.q75(), wanted.q75(), tolerance + 0.06, what);
    assertThat(actual.vanishedShare()).as(what).isCloseTo(wanted.vanishedShare(), within(0.01));
  }

  private static void close(double actual, double wanted, double relative, String what) {
    assertThat(actual).as(what).isCloseTo(wanted, within(relative * Math.abs(wanted) + 1e-12));
  }

  private static List<EpochRecord> train(org.unvanish.train.Trainer engine) {
    List<EpochRecord> epochs = new ArrayList<>();
    engine.run(
        (epoch, checkpoint) -> {
          epochs.add(epoch);
          return TrainingDecision.CONTINUE;
        });
    return epochs;
  }

  /** What the monitor adds is what the loss would have added itself. */
  @Test
  void watchingChangesNothing() throws Exception {
    assertThat(train(true)).isDeepEqualTo(train(false));
  }

  private static float[][] train(boolean watched) throws Exception {
    try (Model model = model(Activation.tanhBlock())) {
      DefaultTrainingConfig config =
          config(
              new PenaltyLoss(Loss.softmaxCrossEntropyLoss(), model.getBlock(), Penalty.l2(0.125)));
      if (watched) {
        config.addTrainingListeners(GradientMonitor.to(epoch -> {}));
      }
      try (Trainer trainer = model.newTrainer(config)) {
        EasyTrain.fit(trainer, 5, blobs(model.getNDManager()), null);
      }
      return model.getBlock().getParameters().values().stream()
          .map(p -> p.getArray().toFloatArray())
          .toArray(float[][]::new);
    }
  }

  @Test
  void aDataGradientFarBelowThePenaltysIsSeen() throws Exception {
    List<EpochRecord> epochs = new ArrayList<>();
    try (Model model = model(Activation.tanhBlock())) {
      Loss tiny = new Scaled(1e-12f);
      DefaultTrainingConfig config =
          config(new PenaltyLoss(tiny, model.getBlock(), Penalty.l2(1)))
              .addTrainingListeners(GradientMonitor.to(epochs::add));
      try (Trainer trainer = model.newTrainer(config)) {
        EasyTrain.fit(trainer, 1, blobs(model.getNDManager()), null);
      }
    }
    GradientStatistics data = epochs.get(0).gradient(ParameterGradient.ALL, GradientSource.DATA);
    GradientStatistics total = epochs.get(0).gradient(ParameterGradient.ALL, GradientSource.TOTAL);
    assertThat(data.vanishedShare()).isEqualTo(1);
    assertThat(data.q50()).isBetween(1e-15, 1e-11);
    assertThat(total.meanAbs()).isGreaterThan(1e-2);
  }

  @Test
  void aSaturatedNetworkHasVanishedGradientsUpToItsLastLayer() throws Exception {
    List<EpochRecord> epochs = new ArrayList<>();
    try (Model model = model(Activation.tanhBlock())) {
      NDArray first = model.getBlock().getParameters().valueAt(0).getArray();
      fill(first, 1e4f);
      DefaultTrainingConfig config =
          config(Loss.softmaxCrossEntropyLoss())
              .addTrainingListeners(GradientMonitor.to(epochs::add));
      try (Trainer trainer = model.newTrainer(config)) {
        EasyTrain.fit(trainer, 2, blobs(model.getNDManager()), null);
      }
      assertThat(epochs).hasSize(2);
      List<String> names = model.getBlock().getParameters().keys();
      for (EpochRecord epoch : epochs) {
        assertThat(epoch.gradient(names.get(0), GradientSource.DATA).vanishedShare()).isEqualTo(1);
        assertThat(epoch.gradient(names.get(0), GradientSource.DATA).maxAbs()).isZero();
        assertThat(epoch.gradient(names.get(2), GradientSource.DATA).meanAbs()).isPositive();
        assertThat(epoch.testLoss()).isNaN();
      }
    }
  }

  /**
   * The gradients of the last layer are powers of two and cancel, to the bit on every processor;
   * all others are exactly zero. DJL adds all of them up, finds zero, and takes it for a forgotten
   * backward pass. So it does with a softmax's gradients wherever roundings happen to cancel.
   */
  @Test
  void gradientsWhoseSumIsZeroDoNotStopAWatchedTraining() throws Exception {
    assertThatThrownBy(() -> trainCancelling(TrainingListener.Defaults.basic()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("all zeros");
    List<EpochRecord> epochs = new ArrayList<>();
    trainCancelling(GradientMonitor.to(epochs::add));
    assertThat(epochs).hasSize(2);
    List<ParameterGradient> first = epochs.get(0).gradients();
    assertThat(first).hasSize(3 * 5);
    assertThat(first.get(3).statistics().maxAbs()).isZero();
    assertThat(first.get(3 * 3).statistics().meanAbs()).isPositive();
  }

  /** Units are saturated, outputs are exactly zero, targets are ±1 in equal shares. */
  private static void trainCancelling(TrainingListener... listeners) throws Exception {
    try (Model model = Model.newInstance("net")) {
      NDManager manager = model.getNDManager();
      Block block =
          new SequentialBlock()
              .add(Linear.builder().setUnits(4).build())
              .add(Activation.tanhBlock())
              .add(Linear.builder().setUnits(4).build());
      model.setBlock(block);
      block.initialize(
          manager, ai.djl.ndarray.types.DataType.FLOAT32, new ai.djl.ndarray.types.Shape(8, 4));
      fill(block.getParameters().valueAt(0).getArray(), 1e4f);
      fill(block.getParameters().valueAt(2).getArray(), 0);
      ArrayDataset data =
          new ArrayDataset.Builder()
              .setData(manager.ones(new ai.djl.ndarray.types.Shape(16, 4)))
              .optLabels(manager.create(new float[] {1, -1, 1, -1}).reshape(1, 4).repeat(0, 16))
              .setSampling(8, false)
              .build();
      DefaultTrainingConfig config = config(Loss.l2Loss()).addTrainingListeners(listeners);
      try (Trainer trainer = model.newTrainer(config)) {
        EasyTrain.fit(trainer, 2, data, null);
      }
    }
  }

  private static void fill(NDArray array, float value) {
    array.set(new float[(int) array.size()]);
    array.addi(value);
  }

  /** Neither may go on: it might as well be a forgotten backward pass. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aNetworkWithoutAnyGradientIsStopped(boolean watched) {
    List<EpochRecord> epochs = new ArrayList<>();
    assertThatThrownBy(() -> trainSaturated(Loss.l2Loss(), watched, epochs))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(watched ? "DjlDiagnosis" : "all zeros");
    assertThat(epochs).isEmpty();
  }

  /** With a penalty there is a step, and the record tells that no data gradient is in it. */
  @Test
  void withAPenaltyItIsTrainedAndItsDataGradientIsZero() throws Exception {
    List<EpochRecord> epochs = new ArrayList<>();
    trainSaturated(null, true, epochs);
    GradientStatistics data = epochs.get(0).gradient(ParameterGradient.ALL, GradientSource.DATA);
    GradientStatistics total = epochs.get(0).gradient(ParameterGradient.ALL, GradientSource.TOTAL);
    assertThat(data.maxAbs()).isZero();
    assertThat(data.vanishedShare()).isEqualTo(1);
    assertThat(total.meanAbs()).isPositive();
    assertThat(epochs.get(0).trainLoss()).isFinite();
  }

  /** All units of the last layer are saturated. */
  private static void trainSaturated(Loss loss, boolean watched, List<EpochRecord> epochs)
      throws Exception {
    try (Model model = Model.newInstance("net")) {
      Block block = block(Activation.tanhBlock()).add(Activation.tanhBlock());
      model.setBlock(block);
      block.initialize(
          model.getNDManager(),
          ai.djl.ndarray.types.DataType.FLOAT32,
          new ai.djl.ndarray.types.Shape(8, 4));
      NDArray last = block.getParameters().valueAt(3).getArray();
      last.set(new float[] {1e3f, 1e3f, 1e3f});
      DefaultTrainingConfig config =
          config(loss == null ? new PenaltyLoss(Loss.l2Loss(), block, Penalty.l2(0.1)) : loss);
      if (watched) {
        config.addTrainingListeners(GradientMonitor.to(epochs::add));
      }
      NDManager manager = model.getNDManager();
      ArrayDataset data =
          new ArrayDataset.Builder()
              .setData(manager.ones(new ai.djl.ndarray.types.Shape(16, 4)))
              .optLabels(manager.zeros(new ai.djl.ndarray.types.Shape(16, 3)))
              .setSampling(8, false)
              .build();
      try (Trainer trainer = model.newTrainer(config)) {
        EasyTrain.fit(trainer, 1, data, null);
      }
    }
  }

  /** 100,003 parameters, five steps: the first one alone is recorded. */
  @Test
  void ofManyParametersOneStepInSixteenIsRecorded() throws Exception {
    List<EpochRecord> epochs = new ArrayList<>();
    try (Model model = Model.newInstance("wide")) {
      model.setBlock(
          new SequentialBlock()
              .add(Linear.builder().setUnits(12_500).build())
              .add(Activation.tanhBlock())
              .add(Linear.builder().setUnits(3).build()));
      DefaultTrainingConfig config =
          config(Loss.softmaxCrossEntropyLoss())
              .addTrainingListeners(GradientMonitor.to(epochs::add));
      try (Trainer trainer = model.newTrainer(config)) {
        EasyTrain.fit(trainer, 1, blobs(model.getNDManager()), null);
      }
    }
    assertThat(epochs.get(0).gradient(ParameterGradient.ALL, GradientSource.DATA).count())
        .isEqualTo(12_500 * 5 + 12_501 * 3);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 65_537})
  void aNumberOfStepsOutOfItsRangeIsRefused(int every) {
    assertThatThrownBy(() -> GradientMonitor.to(epoch -> {}).every(every))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("" + every);
  }

  @Test
  void aFrozenParameterIsLeftOut() throws Exception {
    List<EpochRecord> epochs = new ArrayList<>();
    try (Model model = model(Activation.reluBlock())) {
      List<String> names = model.getBlock().getParameters().keys();
      model.getBlock().getParameters().valueAt(0).freeze(true);
      DefaultTrainingConfig config =
          config(new PenaltyLoss(Loss.softmaxCrossEntropyLoss(), model.getBlock(), Penalty.l2(0.1)))
              .addTrainingListeners(GradientMonitor.to(epochs::add));
      try (Trainer trainer = model.newTrainer(config)) {
        EasyTrain.fit(trainer, 1, blobs(model.getNDManager()), null);
      }
      assertThat(epochs.get(0).gradients().stream().map(ParameterGradient::parameter).distinct())
          .containsExactly(ParameterGradient.ALL, names.get(1), names.get(2), names.get(3));
    }
  }

  @Test
  void aParameterThatIsFrozenLaterHasNoGradientFromThen() throws Exception {
    List<EpochRecord> epochs = new ArrayList<>();
    try (Model model = model(Activation.tanhBlock())) {
      String first = model.getBlock().getParameters().keys().get(0);
      DefaultTrainingConfig config =
          config(Loss.softmaxCrossEntropyLoss())
              .addTrainingListeners(GradientMonitor.to(epochs::add));
      try (Trainer trainer = model.newTrainer(config)) {
        ArrayDataset data = blobs(model.getNDManager());
        EasyTrain.fit(trainer, 1, data, null);
        model.getBlock().getParameters().valueAt(0).freeze(true);
        EasyTrain.fit(trainer, 1, data, null);
      }
      assertThat(epochs.get(0).gradient(first, GradientSource.TOTAL).maxAbs()).isPositive();
      assertThat(epochs.get(1).gradient(first, GradientSource.TOTAL).maxAbs()).isZero();
    }
  }

  @Test
  void aModelThatIsAllFrozenIsRefused() throws Exception {
    try (Model model = model(Activation.tanhBlock())) {
      model.getBlock().freezeParameters(true);
      model.getBlock().getParameters().valueAt(0).getArray().setRequiresGradient(true);
      DefaultTrainingConfig config =
          config(Loss.softmaxCrossEntropyLoss())
              .addTrainingListeners(GradientMonitor.to(epoch -> {}));
      try (Trainer trainer = model.newTrainer(config)) {
        assertThatThrownBy(() -> EasyTrain.fit(trainer, 1, blobs(model.getNDManager()), null))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("frozen");
      }
    }
  }

  @Test
  void aBlockThatIsInitialisedByItsFirstBatchIsWatched() throws Exception {
    List<EpochRecord> epochs = new ArrayList<>();
    try (Model model = Model.newInstance("late")) {
      Block block = block(Activation.tanhBlock());
      model.setBlock(block);
      DefaultTrainingConfig config =
          config(new PenaltyLoss(Loss.softmaxCrossEntropyLoss(), block, Penalty.l2(0.1)))
              .addTrainingListeners(GradientMonitor.to(epochs::add));
      try (Trainer trainer = model.newTrainer(config)) {
        EasyTrain.fit(trainer, 1, blobs(model.getNDManager()), null);
      }
      assertThat(epochs.get(0).gradients()).hasSize(3 * 5);
    }
  }

  @Test
  void lossesThatAreNotFiniteEndTheRecordAndNotTheTraining() throws Exception {
    List<EpochRecord> epochs = new ArrayList<>();
    try (Model model = model(Activation.reluBlock())) {
      DefaultTrainingConfig config =
          new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
              .optOptimizer(Optimizer.sgd().setLearningRateTracker(Tracker.fixed(1e30f)).build())
              .addTrainingListeners(GradientMonitor.to(epochs::add));
      try (Trainer trainer = model.newTrainer(config)) {
        EasyTrain.fit(trainer, 3, blobs(model.getNDManager()), null);
      }
      assertThat(epochs).isEmpty();
    }
  }

  @Test
  void noArraysAreLeftInTheModel() throws Exception {
    try (Model model = model(ScaledActivation.learned(ActivationFunction.TANH, 2))) {
      DefaultTrainingConfig config =
          config(
                  new PenaltyLoss(
                      Loss.softmaxCrossEntropyLoss(),
                      model.getBlock(),
                      new Penalty.ElasticNet(0.1, 0.1, Penalty.Scope.ALL)))
              .addTrainingListeners(GradientMonitor.to(epoch -> {}));
      try (Trainer trainer = model.newTrainer(config);
          NDManager data = model.getNDManager().newSubManager()) {
        ArrayDataset blobs = blobs(data);
        EasyTrain.fit(trainer, 2, blobs, null);
        int before = count(model.getNDManager());
        EasyTrain.fit(trainer, 200, blobs, null);
        assertThat(count(model.getNDManager())).isEqualTo(before);
      }
    }
  }

  private static int count(NDManager manager) {
    return manager.getManagedArrays().size();
  }

  @Test
  void aTrainingThatForgetsItsListenersIsStopped() throws Exception {
    try (Model model = model(Activation.tanhBlock())) {
      DefaultTrainingConfig config =
          config(new PenaltyLoss(Loss.softmaxCrossEntropyLoss(), model.getBlock(), Penalty.l2(0.1)))
              .addTrainingListeners(GradientMonitor.to(epoch -> {}));
      try (Trainer trainer = model.newTrainer(config)) {
        assertThatThrownBy(
                () -> {
                  for (Batch batch : trainer.iterateDataset(blobs(model.getNDManager()))) {
                    try (var collector = trainer.newGradientCollector()) {
                      var predictions = trainer.forward(batch.getData());
                      collector.backward(
                          trainer.getLoss().evaluate(batch.getLabels(), predictions));
                    }
                    trainer.step();
                    batch.close();
                  }
                })
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("notifyListeners");
      }
    }
  }

  @Test
  void aMonitorWatchesOneTrainingAtATime() {
    GradientMonitor monitor = GradientMonitor.to(epoch -> {});
    try (Model model = model(Activation.tanhBlock())) {
      DefaultTrainingConfig config =
          config(Loss.softmaxCrossEntropyLoss()).addTrainingListeners(monitor);
      try (Trainer first = model.newTrainer(config)) {
        assertThat(first).isNotNull();
        assertThatThrownBy(() -> model.newTrainer(config))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("another training");
      }
    }
  }

  @Test
  void aTrainingThatCannotBeginHoldsNothing(@TempDir Path folder) {
    try (Model model = model(Activation.tanhBlock())) {
      Loss penalised =
          new PenaltyLoss(Loss.softmaxCrossEntropyLoss(), model.getBlock(), Penalty.l2(0.1));
      GradientMonitor second = GradientMonitor.into(folder, "second");
      DefaultTrainingConfig both =
          config(penalised).addTrainingListeners(GradientMonitor.to(epoch -> {}), second);
      assertThatThrownBy(() -> model.newTrainer(both)).hasMessageContaining("another");

      // The folder that the second one did not come to use is free, and refuses others now.
      try (RunStore other = RunStore.open(folder)) {
        Loss another =
            new PenaltyLoss(Loss.softmaxCrossEntropyLoss(), model.getBlock(), Penalty.l2(0.1));
        assertThatThrownBy(() -> model.newTrainer(config(another).addTrainingListeners(second)))
            .hasMessageContaining(folder.toString());
        // Its loss is not handed over to anyone.
        try (Trainer next =
            model.newTrainer(
                config(another).addTrainingListeners(GradientMonitor.to(epoch -> {})))) {
          assertThat(next).isNotNull();
        }
        assertThat(other).isNotNull();
      }
    }
  }

  private static DefaultTrainingConfig config(Loss loss) {
    return new DefaultTrainingConfig(loss)
        .optOptimizer(Optimizer.adam().optLearningRateTracker(Tracker.fixed(0.001f)).build())
        // It evaluates the loss, too, before the monitor hears of a batch.
        .addTrainingListeners(TrainingListener.Defaults.basic());
  }

  private static Model model(Block activation) {
    Model model = Model.newInstance("net");
    Block block = block(activation);
    model.setBlock(block);
    model.getNDManager().getEngine().setRandomSeed(3);
    block.initialize(
        model.getNDManager(),
        ai.djl.ndarray.types.DataType.FLOAT32,
        new ai.djl.ndarray.types.Shape(8, 4));
    return model;
  }

  private static SequentialBlock block(Block activation) {
    return new SequentialBlock()
        .add(Linear.builder().setUnits(5).build())
        .add(activation)
        .add(Linear.builder().setUnits(3).build());
  }

  private static ArrayDataset blobs(NDManager manager) {
    manager.getEngine().setRandomSeed(4);
    float[] labels = new float[40];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % 3;
    }
    return new ArrayDataset.Builder()
        .setData(manager.randomNormal(new ai.djl.ndarray.types.Shape(40, 4)).abs())
        .optLabels(manager.create(labels))
        .setSampling(8, false)
        .build();
  }

  /** Cross-entropy times a factor. */
  private static final class Scaled extends Loss {
    private final Loss loss = Loss.softmaxCrossEntropyLoss();
    private final float factor;

    Scaled(float factor) {
      super("scaled");
      this.factor = factor;
    }

    @Override
    public NDArray evaluate(ai.djl.ndarray.NDList labels, ai.djl.ndarray.NDList predictions) {
      return loss.evaluate(labels, predictions).expandDims(0).mul(factor).sum();
    }
  }
}
