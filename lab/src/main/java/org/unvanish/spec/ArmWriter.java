package org.unvanish.spec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.unvanish.codec.ActivationCodec;
import org.unvanish.codec.ClippingCodec;
import org.unvanish.codec.InitializationCodec;
import org.unvanish.codec.LossCodec;
import org.unvanish.codec.OptimizerCodec;
import org.unvanish.codec.PenaltyCodec;
import org.unvanish.codec.ScheduleCodec;
import org.unvanish.experiment.Backend;
import org.unvanish.optimizer.Clipping;
import org.unvanish.optimizer.Schedule;

/** Writes an arm with all its settings but its network. */
final class ArmWriter {

  private ArmWriter() {}

  static Map<String, Object> arm(ArmSpec arm) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(ArmKeys.NAME.name(), arm.name());
    List<Object> activations = arm.activations().stream().map(ActivationCodec::yaml).toList();
    if (!activations.isEmpty()) {
      map.put(
          ArmKeys.ACTIVATION.name(), activations.size() == 1 ? activations.get(0) : activations);
    }
    arm.loss().ifPresent(loss -> map.put(ArmKeys.LOSS.name(), LossCodec.yaml(loss)));
    map.put(ArmKeys.PENALTY.name(), PenaltyCodec.yaml(arm.penalty()));
    map.put(
        ArmKeys.INITIAL_VALUES.name(),
        InitializationCodec.yaml(
            new InitializationCodec.Start(arm.weights(), arm.recurrent(), arm.biases())));
    map.put(ArmKeys.OPTIMIZER.name(), OptimizerCodec.yaml(arm.optimizer()));
    if (!arm.schedule().equals(Schedule.CONSTANT)) {
      map.put(ArmKeys.SCHEDULE.name(), ScheduleCodec.yaml(arm.schedule()));
    }
    if (!arm.clipping().equals(Clipping.none())) {
      map.put(ArmKeys.CLIPPING.name(), ClippingCodec.yaml(arm.clipping()));
    }
    if (arm.backend() != Backend.ENGINE) {
      map.put(ArmKeys.BACKEND.name(), arm.backend().label());
    }
    map.put(ArmKeys.BATCH_SIZE.name(), arm.batchSize());
    map.put(ArmKeys.EPOCHS.name(), arm.epochs());
    if (!arm.recorded().isAutomatic()) {
      map.put(ArmKeys.RECORD_EVERY.name(), arm.recorded().every());
    }
    boolean counted = arm.seeds().equals(ArmSpec.seeds(arm.seeds().size()));
    map.put(ArmKeys.SEEDS.name(), counted ? arm.seeds().size() : arm.seeds());
    return map;
  }
}
