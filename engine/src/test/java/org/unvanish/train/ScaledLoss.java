package org.unvanish.train;

import java.util.List;
import org.unvanish.diagnosis.evidence.LayerEvidence;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.evidence.OutputEvidence;
import org.unvanish.diagnosis.evidence.TensorEvidence;

/** The evidence of a network whose loss is multiplied by a power of ten. */
public final class ScaledLoss {

  private ScaledLoss() {}

  public static MeasuredBackward times(MeasuredBackward e, int decades) {
    double factor = Math.pow(10, decades);
    OutputEvidence o = e.output();
    return new MeasuredBackward(
        e.step(),
        e.batches(),
        e.batchSize(),
        e.inputRms(),
        e.layers().stream().map(layer -> times(layer, decades)).toList(),
        e.typicalLog10(),
        new OutputEvidence(
            o.loss() * factor,
            o.accuracy(),
            o.outputErrorRms() * factor,
            o.logitsRms(),
            o.constantLoss() * factor,
            o.constantAccuracy(),
            o.predictedShare(),
            o.numbers(),
            o.last()),
        e.adamEpsilon());
  }

  private static LayerEvidence times(LayerEvidence l, int decades) {
    List<TensorEvidence> tensors =
        l.tensors().stream()
            .map(
                t ->
                    new TensorEvidence(
                        t.name(),
                        t.size(),
                        t.rms(),
                        t.mean(),
                        t.gradientLog10() + decades,
                        t.change(),
                        t.penaltyLog10() + decades,
                        t.updateLog10()))
            .toList();
    return new LayerEvidence(
        l.name(),
        l.enteringLog10() + decades,
        l.leavingLog10() + decades,
        l.activationLog10(),
        l.linearLog10(),
        l.shapeLog10(),
        l.typicalLog10(),
        l.testGradient(),
        l.saturation(),
        l.inputRms(),
        l.weightGain(),
        l.criticalGain(),
        l.equalUnits(),
        tensors,
        l.steps(),
        l.inside());
  }
}
