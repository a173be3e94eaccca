package org.unvanish.internal.stage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.unvanish.internal.kernel.ActivationKernel;
import org.unvanish.internal.kernel.BiasKernel;
import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.network.Layer;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.ParameterTensor.Kind;
import org.unvanish.network.Recurrent;
import org.unvanish.network.Recurrent.Gru;
import org.unvanish.network.Recurrent.Lstm;
import org.unvanish.network.Recurrent.SimpleRecurrent;

/** A recurrent layer: its directions, one after the other, and the α that they share. */
public final class RecurrentStage extends Stage {

  /** Of all kinds of {@link Recurrent}. */
  static final Map<Class<? extends Layer>, LayerStages<?>> KINDS =
      Map.of(
          SimpleRecurrent.class,
          RecurrentStage.<SimpleRecurrent>kind(SimpleCell::new),
          Lstm.class,
          RecurrentStage.<Lstm>kind(LstmCell::new),
          Gru.class,
          RecurrentStage.<Gru>kind(GruCell::new));

  /** Makes what a direction does in a step. */
  private interface CellMaker<L extends Recurrent> {
    Cell cell(
        L layer,
        int steps,
        Iterator<ParameterTensor> own,
        ActivationKernel activation,
        float[] alphaSums,
        Pass pass);
  }

  private final ActivationKernel activation;
  private final List<ParameterTensor> alpha;
  private final float[] alphaSums;
  private final List<Unrolled> directions = new ArrayList<>();
  private final LaneTensor out;
  private final LaneTensor outGradient;
  private final LaneTensor inGradient;

  private <L extends Recurrent> RecurrentStage(
      L layer, LayerStages.Place place, CellMaker<L> maker) {
    this.activation = new ActivationKernel(layer.activation());
    this.alpha = place.parameters().stream().filter(tensor -> tensor.kind() == Kind.SCALE).toList();
    this.alphaSums = place.pass().sums(alpha);
    this.out = place.output();
    this.outGradient = place.outputGradient();
    this.inGradient = place.inputGradient();
    Iterator<ParameterTensor> own = place.parameters().iterator();
    LaneTensor in = place.input();
    for (int i = 0; i < layer.directions(); i++) {
      Cell cell = maker.cell(layer, in.shape().rows(), own, activation, alphaSums, place.pass());
      directions.add(new Unrolled(layer, cell, in, i, place.pass()));
    }
  }

  private static <L extends Recurrent> LayerStages<L> kind(CellMaker<L> maker) {
    return new LayerStages<>(
        layer -> 0,
        layer -> 0,
        false,
        false,
        (layer, place) -> List.of(new RecurrentStage(layer, place, maker)));
  }

  /** Lets a visitor look at the steps of all batches to come. */
  public void visit(StepVisitor visitor) {
    directions.forEach(direction -> direction.visit(visitor));
  }

  @Override
  public void setParameters(float[] parameters) {
    for (int i = 0; i < alpha.size(); i++) {
      activation.setAlpha(parameters[alpha.get(i).offset()]);
    }
    Arrays.fill(alphaSums, 0);
    for (int i = 0; i < directions.size(); i++) {
      directions.get(i).cell().setParameters(parameters);
    }
  }

  @Override
  public void forward() {
    for (int i = 0; i < directions.size(); i++) {
      directions.get(i).forward(out);
    }
  }

  /** All of the way back but the last product: the parameters meet the state at each step. */
  @Override
  public void addParameterGradients() {
    for (int i = 0; i < directions.size(); i++) {
      directions.get(i).backward(outGradient);
    }
  }

  @Override
  public void inputGradient() {
    for (int i = 0; i < directions.size(); i++) {
      directions.get(i).inputGradient(inGradient, i > 0);
    }
  }

  @Override
  public void collect(float[] gradient) {
    for (int i = 0; i < alpha.size(); i++) {
      BiasKernel.collect(alphaSums, gradient, alpha.get(i).offset());
    }
    for (int i = 0; i < directions.size(); i++) {
      directions.get(i).cell().collect(gradient);
    }
  }
}
