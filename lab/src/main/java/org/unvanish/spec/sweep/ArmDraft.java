package org.unvanish.spec.sweep;

import java.util.List;
import org.unvanish.activation.Activation;
import org.unvanish.codec.InitializationCodec;
import org.unvanish.codec.LayerSpec;
import org.unvanish.optimizer.Clipping;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.optimizer.Schedule;
import org.unvanish.penalty.Penalty;
import org.unvanish.spec.ArmSpec;

/** An arm that settings are put into, one after another. */
final class ArmDraft {

  private final ArmSpec base;
  List<LayerSpec> network;
  List<Activation> activations;
  Penalty penalty;
  InitializationCodec.Start start;
  Optimizer optimizer;
  Schedule schedule;
  Clipping clipping;
  int batchSize;

  ArmDraft(ArmSpec base) {
    this.base = base;
    network = base.network();
    activations = base.activations();
    penalty = base.penalty();
    start = new InitializationCodec.Start(base.weights(), base.recurrent(), base.biases());
    optimizer = base.optimizer();
    schedule = base.schedule();
    clipping = base.clipping();
    batchSize = base.batchSize();
  }

  ArmSpec arm(String name) {
    return new ArmSpec(
        name,
        network,
        activations,
        base.loss(),
        penalty,
        start.weights(),
        start.recurrent(),
        start.biases(),
        optimizer,
        schedule,
        clipping,
        base.backend(),
        batchSize,
        base.epochs(),
        base.recorded(),
        base.seeds());
  }
}
