package org.unvanish.theory;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.theory.WideNetworks.Biases;
import org.unvanish.theory.WideNetworks.Gains;

/**
 * Draws wide recurrent layers: wide networks with biases, which are the drive here.
 *
 * @param networks with steps in place of layers
 * @param mayEnd whether half of them have no drive after the first step
 */
record DrivenLayers(WideNetworks networks, boolean mayEnd) implements Statement.Cases<DrivenCase> {

  DrivenLayers(ActivationFunction function, int steps, boolean mayEnd, int cost) {
    this(new WideNetworks(function, Gains.ANY, Biases.SOME, steps, cost), mayEnd);
  }

  /** With few steps, and with as many as there may be. */
  @Override
  public List<DrivenCase> grid() {
    return networks.grid().stream()
        .flatMap(c -> Stream.of(of(c, c.layers()), of(c, networks.layers())))
        .flatMap(c -> mayEnd ? Stream.of(c, c.drivenOnce()) : Stream.of(c))
        .distinct()
        .toList();
  }

  @Override
  public DrivenCase draw(RandomGenerator random) {
    FieldCase c = networks.draw(random);
    DrivenCase driven = of(c, c.layers());
    return mayEnd && random.nextBoolean() ? driven.drivenOnce() : driven;
  }

  @Override
  public int cost() {
    return networks.cost();
  }

  private static DrivenCase of(FieldCase c, int steps) {
    return new DrivenCase(c.function(), c.alpha(), c.sigmaW(), c.sigmaB(), false, steps);
  }
}
