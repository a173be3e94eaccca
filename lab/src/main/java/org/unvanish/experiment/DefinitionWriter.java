package org.unvanish.experiment;

import java.util.List;
import org.unvanish.codec.ClippingCodec;
import org.unvanish.codec.InitializationCodec;
import org.unvanish.codec.LayerCodecs;
import org.unvanish.codec.OptimizerCodec;
import org.unvanish.codec.PenaltyCodec;
import org.unvanish.codec.ScalingCodec;
import org.unvanish.codec.ScheduleCodec;
import org.unvanish.loss.TargetKind;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor.Kind;
import org.unvanish.optimizer.Clipping;
import org.unvanish.optimizer.Schedule;
import org.unvanish.train.Trainer;
import org.unvanish.train.TrainingSettings;

/**
 * Writes a {@link Definition}. What it writes is stored and hashed: another wording makes every
 * stored run look like one of another arm.
 */
final class DefinitionWriter {

  private final StringBuilder text = new StringBuilder();

  DefinitionWriter(Arm arm, DataDescription data) {
    TrainingSettings settings = arm.settings();
    line("revision of the engine", Trainer.REVISION);
    arm.backend().definition().ifPresent(backend -> line(Definition.BACKEND, backend));
    line("SHA-256 of the data", data.sha256());
    line("training samples", data.trainSamples());
    line("test samples", data.testSamples());
    // The word of the key before there were tables.
    line("pixels", ScalingCodec.definition(settings.pixelScaling()));
    if (data.targets() == TargetKind.NUMBERS) {
      line(Definition.TARGETS, Definition.NUMBERS);
    }
    line("batch size", settings.batchSize());
    settings.loss().definition().ifPresent(loss -> line("loss", loss));
    line("optimiser", OptimizerCodec.definition(settings.optimizer()));
    // Named where there is one only, as runs that are stored knew of none.
    if (!settings.schedule().equals(Schedule.CONSTANT)) {
      line("schedule", ScheduleCodec.definition(settings.schedule()));
    }
    if (!settings.clipping().equals(Clipping.none())) {
      line("clipping", ClippingCodec.definition(settings.clipping()));
    }
    line("penalty", PenaltyCodec.definition(settings.penalty()));
    line("initial weights", InitializationCodec.definition(settings.weights()));
    // Named where it matters, as runs that are stored knew of none.
    if (!settings.recurrent().equals(settings.weights()) && isRecurrent(arm.network())) {
      line("initial recurrent weights", InitializationCodec.definition(settings.recurrent()));
    }
    line("initial biases", InitializationCodec.definition(settings.biases()));
    // Named where not every step is, as runs that are stored knew of nothing else.
    if (!arm.recorded().isAll()) {
      line(Definition.RECORD_EVERY, arm.recorded().every());
    }
    line("input", arm.network().input());
    List<Layer> layers = arm.network().layers();
    for (int i = 0; i < layers.size(); i++) {
      line("layer " + (i + 1), LayerCodecs.definition(layers.get(i)));
    }
  }

  private static boolean isRecurrent(Network network) {
    return network.parameters().stream().anyMatch(tensor -> tensor.kind() == Kind.RECURRENT);
  }

  String text() {
    return text.toString();
  }

  private void line(String key, Object value) {
    text.append(key).append(": ").append(value).append('\n');
  }
}
