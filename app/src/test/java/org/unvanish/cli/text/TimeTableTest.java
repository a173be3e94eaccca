package org.unvanish.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.DataSource;
import org.unvanish.data.Dataset;
import org.unvanish.data.Drawing;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.examination.Examination;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Run;
import org.unvanish.initialization.Initialization;
import org.unvanish.loss.MeanSquaredError;
import org.unvanish.network.Dense;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.Recurrent.Direction;
import org.unvanish.network.Recurrent.Lstm;
import org.unvanish.network.Recurrent.Output;
import org.unvanish.network.Recurrent.SimpleRecurrent;
import org.unvanish.probe.ProbeProgress;
import org.unvanish.train.TrainingObserver;
import org.unvanish.train.TrainingSettings;

/** What a reader at a terminal is told of the way back through time, for the adding problem. */
class TimeTableTest {

  private static final Activation TANH = Activation.of(ActivationFunction.TANH);

  private static String text(int steps, Initialization recurrent, Layer... layers) {
    Drawing drawing =
        new Drawing(OptionalInt.of(200), OptionalDouble.empty(), OptionalInt.empty());
    Dataset data =
        new DataCatalog(Path.of("nowhere"))
            .load(DataSource.of("adding").withDrawing(drawing.withSteps(steps)));
    List<Layer> all = new java.util.ArrayList<>(List.of(layers));
    all.add(new Dense(1, true));
    Network network = new Network(data.shape(), all);
    TrainingSettings settings =
        TrainingSettings.DEFAULT
            .withLoss(new MeanSquaredError())
            .withRecurrent(recurrent)
            .withEpochs(1);
    Run run = new Run(new Arm("only", network, settings, List.of(1L)), 1);
    return new DiagnosisText(
            Examination.along(
                "adding",
                run,
                data,
                List.of(0L),
                Thresholds.DEFAULT,
                TrainingObserver.NONE,
                ProbeProgress.SILENT))
        .text();
  }

  @Test
  void explore() {
    System.out.println(text(50, new Initialization.Glorot(), new SimpleRecurrent(16, TANH)));
    System.out.println(text(50, new Initialization.LeCun(0.5), new SimpleRecurrent(16, TANH)));
    System.out.println(text(50, new Initialization.LeCun(1.8), new SimpleRecurrent(16, TANH)));
    System.out.println(text(50, new Initialization.LeCun(4), new SimpleRecurrent(16, TANH)));
    System.out.println(text(50, new Initialization.Orthogonal(1), new SimpleRecurrent(16, TANH)));
    System.out.println(text(50, new Initialization.Glorot(), new Lstm(16, TANH)));
    System.out.println(
        text(
            50,
            new Initialization.Glorot(),
            new SimpleRecurrent(8, TANH, Output.ALL, Direction.BOTH, true, 0),
            new SimpleRecurrent(8, TANH)));
    assertThat(1).isEqualTo(1);
  }
}
