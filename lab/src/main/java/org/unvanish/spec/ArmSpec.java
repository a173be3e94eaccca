package org.unvanish.spec;

import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.unvanish.activation.Activation;
import org.unvanish.activation.Scale;
import org.unvanish.codec.DataSourceCodec;
import org.unvanish.codec.LayerSpec;
import org.unvanish.experiment.Backend;
import org.unvanish.initialization.Initialization;
import org.unvanish.loss.Loss;
import org.unvanish.optimizer.Clipping;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.optimizer.Schedule;
import org.unvanish.penalty.Penalty;
import org.unvanish.train.RecordedSteps;

/**
 * One arm of a spec, with what it shares with the others filled in.
 *
 * @param name unique among the arms, not blank
 * @param network its layers; input shape and number of classes are those of the data
 * @param activations one for all activation layers of the network that an arm fills, or one for
 *     each; none where it fills none
 * @param loss what is lowered; empty for the usual one of the data's targets
 * @param penalty what is added to the loss
 * @param weights where weights start; not {@link Initialization.Given}
 * @param recurrent where recurrent weights start; the same where nothing else is said
 * @param biases where biases start; not {@link Initialization.Given}
 * @param optimizer how parameters follow the gradient
 * @param schedule how its learning rate changes along the training
 * @param clipping how the gradient is limited before the optimizer's step
 * @param backend what computes
 * @param batchSize samples a step, from 1 to {@value #MOST_BATCH}
 * @param epochs passes over the training data, from 1 to {@value #MOST_EPOCHS}
 * @param recorded in which steps gradients are recorded
 * @param seeds one run each: from 1 to {@value #MOST_SEEDS}, all different, each from 0 to {@value
 *     #LARGEST_SEED}
 */
public record ArmSpec(
    String name,
    List<LayerSpec> network,
    List<Activation> activations,
    Optional<Loss> loss,
    Penalty penalty,
    Initialization weights,
    Initialization recurrent,
    Initialization biases,
    Optimizer optimizer,
    Schedule schedule,
    Clipping clipping,
    Backend backend,
    int batchSize,
    int epochs,
    RecordedSteps recorded,
    List<Long> seeds) {

  /** The largest batch. */
  public static final int MOST_BATCH = 65_536;

  /** The most epochs. */
  public static final int MOST_EPOCHS = 10_000;

  /** The most seeds of an arm. */
  public static final int MOST_SEEDS = 10_000;

  /** The largest seed: 2⁵³ − 1, the largest whole number that every reader of JSON keeps. */
  public static final long LARGEST_SEED = DataSourceCodec.LARGEST_SEED;

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if a number is out of its range, or seeds are missing or alike
   */
  public ArmSpec {
    network = List.copyOf(network);
    activations = List.copyOf(activations);
    seeds = List.copyOf(seeds);
    require("batch size", batchSize, MOST_BATCH);
    require("epochs", epochs, MOST_EPOCHS);
    require("the number of seeds", seeds.size(), MOST_SEEDS);
    if (new HashSet<>(seeds).size() != seeds.size()) {
      throw new IllegalArgumentException("the seeds of " + name + " must be different");
    }
    if (seeds.stream().anyMatch(seed -> seed < 0 || seed > LARGEST_SEED)) {
      throw new IllegalArgumentException("a seed must be from 0 to " + LARGEST_SEED);
    }
    if (weights.count().isPresent() || biases.count().isPresent()) {
      throw new IllegalArgumentException("a spec has no given initial values");
    }
  }

  /** The seeds 1, 2, …, {@code count}. */
  public static List<Long> seeds(int count) {
    return LongStream.rangeClosed(1, count).boxed().toList();
  }

  /** The same on another backend. */
  ArmSpec on(Backend other) {
    return with(name, network, activations, other);
  }

  /** The same under another name. */
  ArmSpec named(String other) {
    return with(other, network, activations, backend);
  }

  /** The same with another network, and the activations that go to its places. */
  ArmSpec withNetwork(List<LayerSpec> other, List<Activation> others) {
    return with(name, other, others, backend);
  }

  /** The same with all parameters from a file. */
  public ArmSpec from(Initialization.FromFile file) {
    return new ArmSpec(
        name,
        network,
        activations,
        loss,
        penalty,
        file,
        file,
        file,
        optimizer,
        schedule,
        clipping,
        backend,
        batchSize,
        epochs,
        recorded,
        seeds);
  }

  /** The same with every step recorded, unless it names other ones. */
  ArmSpec recordingAll() {
    return new ArmSpec(
        name,
        network,
        activations,
        loss,
        penalty,
        weights,
        recurrent,
        biases,
        optimizer,
        schedule,
        clipping,
        backend,
        batchSize,
        epochs,
        recorded.isAutomatic() ? RecordedSteps.ALL : recorded,
        seeds);
  }

  private ArmSpec with(
      String ownName,
      List<LayerSpec> ownNetwork,
      List<Activation> ownActivations,
      Backend ownBackend) {
    return new ArmSpec(
        ownName,
        ownNetwork,
        ownActivations,
        loss,
        penalty,
        weights,
        recurrent,
        biases,
        optimizer,
        schedule,
        clipping,
        ownBackend,
        batchSize,
        epochs,
        recorded,
        seeds);
  }

  /** How many places its network has for its activations. */
  int places() {
    return LayerSpec.places(network);
  }

  /** The activation that goes to each place of its network, first to last. */
  List<Activation> allActivations() {
    return activations.size() == 1
        ? Collections.nCopies(places(), activations.get(0))
        : activations;
  }

  /** The different values from which its activations start the learned α that they share. */
  List<Double> sharedAlphas() {
    Set<Double> starts = new LinkedHashSet<>();
    Iterator<Activation> all = allActivations().iterator();
    for (LayerSpec.Single filled : LayerSpec.filled(network, all::next)) {
      filled.with(
          layer -> {
            for (Activation activation : layer.activations()) {
              if (activation.scale() instanceof Scale.Learned learned && learned.shared()) {
                starts.add(learned.initialAlpha());
              }
            }
            return layer;
          });
    }
    return List.copyOf(starts);
  }

  /**
   * What is trained: the arm without name, epochs, seeds and recorded steps, and its network
   * without repetitions and with an activation in each place. Two arms of a spec have equal ones
   * exactly if they have {@code Definition}s on any data that are equal but for the recorded steps.
   */
  public ArmSpec training() {
    Iterator<Activation> all = allActivations().iterator();
    return new ArmSpec(
        "",
        List.copyOf(LayerSpec.filled(network, all::next)),
        List.of(),
        loss,
        penalty,
        weights,
        recurrent,
        biases,
        optimizer,
        schedule,
        clipping,
        backend,
        batchSize,
        1,
        RecordedSteps.AUTOMATIC,
        List.of(1L));
  }

  private static void require(String what, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(what + " must be from 1 to " + most + ", but is " + value);
    }
  }
}
