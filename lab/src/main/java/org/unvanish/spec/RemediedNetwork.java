package org.unvanish.spec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.codec.LayerSpec;
import org.unvanish.codec.LayerSpec.Single;
import org.unvanish.diagnosis.prescription.Change;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.network.Activated;
import org.unvanish.network.Layer.Role;
import org.unvanish.network.Recurrent;
import org.unvanish.probe.AppliedRemedies;
import org.unvanish.probe.LayerFactors;
import org.unvanish.probe.OutputRemedies;

/**
 * Networks of specs, and what arms put into them, as remedies make them: on data they are what
 * {@link AppliedRemedies#network} makes of the network on data.
 */
final class RemediedNetwork {

  private RemediedNetwork() {}

  /** The layers with a change; of the activations those that are the same in all arms. */
  static List<LayerSpec> layers(List<LayerSpec> network, Change change) {
    return changed(
        network,
        layers -> {
          List<Single> changed = ofHidden(layers, layer -> ofActivations(layer, change));
          if (OutputRemedies.leavesOutLast(change.other())) {
            changed.remove(changed.size() - 1);
          }
          return change.other().contains(OtherRemedy.WIDER_LAYERS) ? widened(changed) : changed;
        });
  }

  /** The layers with a change, and with a place in front if one of its factors needs that. */
  static List<LayerSpec> layersWithFront(List<LayerSpec> network, Change change) {
    List<LayerSpec> layers = layers(network, change);
    if (change.factors().isEmpty() || !LayerFactors.needsFront(roles(LayerSpec.flat(layers)))) {
      return layers;
    }
    List<LayerSpec> longer = new ArrayList<>(layers);
    longer.add(0, new LayerSpec.Activated(layers.get(0).place()));
    return longer;
  }

  /** What layers are that stand alone: factors are for networks of no others. */
  private static List<Role> roles(List<Single> layers) {
    return layers.stream()
        .map(
            layer ->
                layer instanceof LayerSpec.Fixed fixed
                    ? fixed.layer().role()
                    : layer instanceof LayerSpec.Recurrence recurrence
                        ? recurrence.layer().role()
                        : layer.places() > 0 ? Role.ACTIVATION : Role.WEIGHTS)
        .toList();
  }

  private static Single ofActivations(Single layer, Change change) {
    return layer.with(
        own -> own.withActivations(activation -> AppliedRemedies.activation(activation, change)));
  }

  /**
   * What an arm puts into the places of {@link #layers}.
   *
   * @param network before the change
   * @param activations of the arm
   */
  static List<Activation> activations(
      List<LayerSpec> network, List<Activation> activations, Change change) {
    List<Single> layers = LayerSpec.flat(network);
    int places = layers.stream().mapToInt(Single::places).sum();
    List<Activation> all =
        new ArrayList<>(
            activations.size() == 1
                ? Collections.nCopies(places, activations.get(0))
                : activations);
    boolean ends = layers.get(layers.size() - 1) instanceof LayerSpec.Activated;
    int hidden = ends ? places - 1 : places;
    all.subList(0, hidden).replaceAll(a -> AppliedRemedies.activation(a, change));
    if (ends && OutputRemedies.leavesOutLast(change.other())) {
      all.remove(hidden);
    }
    return oneForAll(change.factors().isEmpty() ? all : multiplied(layers, all, change.factors()));
  }

  /** Activations with the factors of the layers that read them, an identity first if need be. */
  private static List<Activation> multiplied(
      List<Single> layers, List<Activation> activations, List<Double> factors) {
    List<Role> roles = new ArrayList<>(roles(layers));
    List<Activation> all = new ArrayList<>(activations);
    if (LayerFactors.needsFront(roles)) {
      roles.add(0, Role.ACTIVATION);
      all.add(0, Activation.of(ActivationFunction.IDENTITY));
    }
    List<Double> multiples = LayerFactors.multiples(roles, factors);
    for (int i = 0; i < all.size(); i++) {
      all.set(i, LayerFactors.times(all.get(i), multiples.get(i)));
    }
    return all;
  }

  /**
   * The network with places for the arm's in place of activations that are the same in all arms, so
   * that one arm can change them alone; but for one at the end, which no remedy changes.
   */
  static List<LayerSpec> opened(List<LayerSpec> network) {
    return changed(network, layers -> ofHidden(layers, RemediedNetwork::opened));
  }

  /** The network with places for the arm's in place of all activations, also for one at the end. */
  static List<LayerSpec> allOpened(List<LayerSpec> network) {
    return changed(network, layers -> layers.stream().map(RemediedNetwork::opened).toList());
  }

  private static Single opened(Single layer) {
    if (layer instanceof LayerSpec.Block block) {
      List<LayerSpec> held =
          changed(block.layers(), layers -> layers.stream().map(RemediedNetwork::opened).toList());
      return new LayerSpec.Block(held, block.projection(), block.place());
    }
    if (layer instanceof LayerSpec.Fixed fixed && fixed.layer() instanceof Recurrent recurrent) {
      return new LayerSpec.Recurrence(recurrent, fixed.place());
    }
    return isFixedActivation(layer) ? new LayerSpec.Activated(layer.place()) : layer;
  }

  /**
   * What an arm puts into the places of the {@link #opened} network, to the same effect.
   *
   * @param network before it was opened
   * @param activations of the arm
   */
  static List<Activation> opened(List<LayerSpec> network, List<Activation> activations) {
    List<Single> layers = LayerSpec.flat(network);
    Iterator<Activation> arms =
        activations.size() == 1
            ? Stream.generate(() -> activations.get(0)).iterator()
            : activations.iterator();
    boolean endsFixed = endsWithActivation(layers) && layers.get(layers.size() - 1).places() == 0;
    return oneForAll(
        layers.subList(0, endsFixed ? layers.size() - 1 : layers.size()).stream()
            .flatMap(RemediedNetwork::flat)
            .flatMap(layer -> layer.places() > 0 ? Stream.of(arms.next()) : fixed(layer))
            .toList());
  }

  /** Itself, or what it holds, without blocks among them. */
  private static Stream<Single> flat(Single layer) {
    return layer instanceof LayerSpec.Block block
        ? LayerSpec.flat(block.layers()).stream().flatMap(RemediedNetwork::flat)
        : Stream.of(layer);
  }

  private static Stream<Activation> fixed(Single layer) {
    return layer instanceof LayerSpec.Fixed fixed
        ? fixed.layer().activations().stream()
        : Stream.empty();
  }

  private static List<Activation> oneForAll(List<Activation> activations) {
    List<Activation> different = activations.stream().distinct().toList();
    return different.size() == 1 ? different : activations;
  }

  private static boolean endsWithActivation(List<Single> layers) {
    Single last = layers.get(layers.size() - 1);
    return last instanceof LayerSpec.Activated || isFixedActivation(last);
  }

  private static boolean isFixedActivation(Single layer) {
    return layer instanceof LayerSpec.Fixed fixed && fixed.layer() instanceof Activated;
  }

  /** With a change of all layers but an activation at the end, which decides what is put out. */
  private static List<Single> ofHidden(List<Single> layers, UnaryOperator<Single> change) {
    List<Single> all = new ArrayList<>(layers);
    int hidden = endsWithActivation(layers) ? layers.size() - 1 : layers.size();
    all.subList(0, hidden).replaceAll(change);
    return all;
  }

  /** The last layer with units makes the outputs: it stays. */
  private static List<Single> widened(List<Single> layers) {
    List<Single> result = new ArrayList<>(layers);
    boolean output = true;
    for (int i = layers.size() - 1; i >= 0; i--) {
      Single layer = layers.get(i);
      Single wider = layer.with(own -> own.widened(AppliedRemedies.WIDER));
      if (output) {
        output = (wider.equals(layer) && !layer.isOutput()) || keepsWidth(layer);
      } else {
        result.set(i, wider);
      }
    }
    boolean wide = false;
    for (int i = 0; i < layers.size(); i++) {
      if (keepsWidth(layers.get(i)) && !wide) {
        result.set(i, layers.get(i));
      }
      wide |= !result.get(i).equals(layers.get(i));
    }
    return result;
  }

  private static boolean keepsWidth(Single layer) {
    return layer instanceof LayerSpec.Block block && !block.projection();
  }

  /**
   * The layers with a change that sees them without repetitions. Afterwards rounds that are still
   * alike stand as repetitions again.
   *
   * @param change layers may be left out at the end
   */
  private static List<LayerSpec> changed(
      List<LayerSpec> layers, UnaryOperator<List<Single>> change) {
    return folded(layers, change.apply(LayerSpec.flat(layers)).iterator());
  }

  private static List<LayerSpec> folded(List<LayerSpec> as, Iterator<Single> layers) {
    List<LayerSpec> result = new ArrayList<>();
    for (LayerSpec entry : as) {
      if (entry instanceof LayerSpec.Repeat repeat) {
        List<List<LayerSpec>> rounds = new ArrayList<>();
        for (int i = 0; i < repeat.times(); i++) {
          rounds.add(folded(repeat.layers(), layers));
        }
        result.addAll(repeated(rounds, repeat));
      } else if (layers.hasNext()) {
        result.add(layers.next());
      }
    }
    return result;
  }

  private static List<LayerSpec> repeated(List<List<LayerSpec>> rounds, LayerSpec.Repeat as) {
    List<LayerSpec> result = new ArrayList<>();
    for (int from = 0, to = 0; from < rounds.size(); from = to) {
      List<LayerSpec> round = rounds.get(from);
      while (to < rounds.size() && rounds.get(to).equals(round)) {
        to++;
      }
      if (to - from == 1 && as.times() > 1) {
        result.addAll(round);
      } else if (!round.isEmpty()) {
        result.add(new LayerSpec.Repeat(to - from, round, as.place()));
      }
    }
    return result;
  }
}
