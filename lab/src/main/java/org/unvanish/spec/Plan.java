package org.unvanish.spec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.unvanish.codec.LayerSpec;
import org.unvanish.codec.yaml.YamlText;
import org.unvanish.data.Shape;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Experiment;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor;
import org.unvanish.spec.sweep.SweepCodec;
import org.unvanish.train.RecordedSteps;

/**
 * What a spec will do, to be looked over before the work starts.
 *
 * @param networks the different ones of the arms, in the order in which the arms first have them
 * @param shared settings that all arms share, by key, as a spec writes them
 * @param arms with what differs; of a sweep's, the first and the last stand for all
 * @param sweep what is varied, a line each; none without a sweep
 * @param runs how many in all
 */
public record Plan(
    List<NetworkPlan> networks,
    Map<String, String> shared,
    List<ArmPlan> arms,
    List<String> sweep,
    int runs) {

  /**
   * A network.
   *
   * @param arms the names of those that have it; two that put different activations into its places
   *     have the same one
   * @param layers without repetitions, first to last
   */
  public record NetworkPlan(List<String> arms, List<LayerPlan> layers) {}

  /**
   * A layer.
   *
   * @param description as a spec writes it
   * @param output the shape of what it puts out, known with the data
   * @param parameters how many it has in the first arm with this network, known with the data
   */
  public record LayerPlan(String description, Optional<Shape> output, OptionalInt parameters) {}

  /**
   * An arm.
   *
   * @param differs its settings that not all arms share, by key, as a spec writes them
   * @param parameters how many its network has, known with the data
   * @param recorded in which steps gradients are recorded; without the data what its settings say
   */
  public record ArmPlan(
      String name, Map<String, String> differs, OptionalInt parameters, RecordedSteps recorded) {}

  /** The plan as far as it is known without data. */
  public static Plan of(ExperimentSpec spec) {
    return of(spec, Optional.empty());
  }

  /**
   * The whole plan.
   *
   * @param experiment of the same spec
   */
  public static Plan of(ExperimentSpec spec, Experiment experiment) {
    return of(spec, Optional.of(experiment));
  }

  private static Plan of(ExperimentSpec spec, Optional<Experiment> experiment) {
    int[] shown = shown(spec);
    List<ArmSpec> specs = IntStream.of(shown).mapToObj(spec.arms()::get).toList();
    Optional<List<Arm>> bound =
        experiment.map(e -> IntStream.of(shown).mapToObj(e.arms()::get).toList());
    Optional<List<Network>> networks = bound.map(all -> all.stream().map(Arm::network).toList());
    List<Map<String, Object>> settings = specs.stream().map(ArmWriter::arm).toList();
    Map<String, Object> shared = SpecWriter.shared(settings);
    List<ArmPlan> arms = new ArrayList<>();
    for (int i = 0; i < settings.size(); i++) {
      Map<String, Object> differs = new LinkedHashMap<>(settings.get(i));
      differs.keySet().removeAll(shared.keySet());
      differs.remove("name");
      int arm = i;
      arms.add(
          new ArmPlan(
              specs.get(i).name(),
              inline(differs),
              networks
                  .map(all -> OptionalInt.of(all.get(arm).trainedCount()))
                  .orElse(OptionalInt.empty()),
              bound.map(all -> all.get(arm).recorded()).orElse(specs.get(i).recorded())));
    }
    return new Plan(
        networks(specs, networks),
        inline(shared),
        arms,
        spec.sweep().map(SweepCodec::lines).orElse(List.of()),
        spec.arms().stream().mapToInt(arm -> arm.seeds().size()).sum());
  }

  /** All arms that somebody chose, and the first and the last one of a sweep. */
  private static int[] shown(ExperimentSpec spec) {
    int chosen = spec.chosenArms().size();
    int last = spec.arms().size() - 1;
    return IntStream.rangeClosed(0, last).filter(i -> i <= chosen || i == last).toArray();
  }

  private static List<NetworkPlan> networks(List<ArmSpec> arms, Optional<List<Network>> bound) {
    Map<List<LayerSpec>, List<Integer>> having = new LinkedHashMap<>();
    for (int i = 0; i < arms.size(); i++) {
      having.computeIfAbsent(arms.get(i).network(), network -> new ArrayList<>()).add(i);
    }
    List<NetworkPlan> plans = new ArrayList<>();
    having.forEach(
        (network, numbers) ->
            plans.add(
                new NetworkPlan(
                    numbers.stream().map(i -> arms.get(i).name()).toList(),
                    layers(network, bound.map(all -> all.get(numbers.get(0)))))));
    return plans;
  }

  private static List<LayerPlan> layers(List<LayerSpec> layers, Optional<Network> bound) {
    List<LayerSpec.Single> flat = LayerSpec.flat(layers);
    List<LayerPlan> plans = new ArrayList<>();
    Set<String> counted = new HashSet<>();
    for (int i = 0; i < flat.size(); i++) {
      int layer = i;
      plans.add(
          new LayerPlan(
              YamlText.inline(flat.get(i).yaml()),
              bound.map(network -> network.output(layer)),
              bound
                  .map(network -> OptionalInt.of(parameters(network, layer, counted)))
                  .orElse(OptionalInt.empty())));
    }
    return plans;
  }

  /**
   * @param counted the names of tensors that layers before have; those of this one are added
   */
  private static int parameters(Network network, int layer, Set<String> counted) {
    return network.parameters(layer).stream()
        .filter(tensor -> tensor.kind().isTrained() && counted.add(tensor.name()))
        .mapToInt(ParameterTensor::size)
        .sum();
  }

  private static Map<String, String> inline(Map<String, Object> settings) {
    Map<String, String> inline = new LinkedHashMap<>();
    settings.forEach((key, value) -> inline.put(key, YamlText.inline(value)));
    return inline;
  }
}
