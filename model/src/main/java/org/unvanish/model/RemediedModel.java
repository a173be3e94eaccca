package org.unvanish.model;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.unvanish.diagnosis.prescription.Change;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.diagnosis.prescription.PrescribedInitialization;
import org.unvanish.model.graph.Graph;
import org.unvanish.model.graph.Node;
import org.unvanish.model.graph.Tensor;
import org.unvanish.probe.OutputRemedies;

/**
 * An imported model with a remedy in it, to be written. The graph is that of the file, not the one
 * that was measured: what normalises by fixed statistics goes on to do so.
 *
 * @since 0.1
 */
public final class RemediedModel {

  private static final Set<OtherRemedy> OF_GRAPHS =
      EnumSet.of(
          OtherRemedy.USE_TANH,
          OtherRemedy.ORTHOGONAL_RECURRENT,
          OtherRemedy.NO_LAST_ACTIVATION,
          OtherRemedy.FUSED_LOSS,
          OtherRemedy.FUSED_SOFTMAX);

  private final ImportedModel model;
  private final GraphStack stack;
  private final Change change;
  private final long seed;

  /**
   * @param model as it was read
   * @param stack of the model as it was measured
   * @param change what is prescribed
   * @param seed of initial weights: that of the measurement, for the same ones
   */
  public RemediedModel(ImportedModel model, GraphStack stack, Change change, long seed) {
    this.model = model;
    this.stack = stack;
    this.change = change;
    this.seed = seed;
  }

  /**
   * What of a change a graph can have: initial weights, activations, factors and the last layer.
   */
  public static Change ofGraph(Change change) {
    return new Change(
        null,
        change.alpha(),
        change.initial(),
        change.other().stream().filter(OF_GRAPHS::contains).toList(),
        change.factors());
  }

  /** What of a change the initial weights alone can have. */
  public static Change ofWeights(Change change) {
    return new Change(
        null,
        null,
        change.initial(),
        change.other().stream().filter(OtherRemedy.ORTHOGONAL_RECURRENT::equals).toList());
  }

  /**
   * The model's graph with all of {@link #ofGraph}.
   *
   * @throws ModelRefusedException if the file computes weights in a way that has no reverse
   * @throws IllegalArgumentException if the change has more factors than layers have weights
   */
  public Graph graph() {
    List<GraphLayer> weighted = stack.all().filter(GraphLayer::hasWeights).toList();
    if (change.factors().size() > weighted.size()) {
      throw new IllegalArgumentException(
          "the change has %d factors, but %d layers have weights"
              .formatted(change.factors().size(), weighted.size()));
    }
    GraphEdit edit = new GraphEdit(model.graph());
    if (!ofWeights(change).isEmpty()) {
      weights().forEach(edit::constant);
    }
    double factor = change.alpha() == null ? 1 : change.alpha();
    boolean tanh = change.other().contains(OtherRemedy.USE_TANH);
    for (GraphLayer layer : stack.all().toList()) {
      StackEdit.changed(stack, layer, factor, tanh)
          .ifPresent(changed -> StackEdit.put(edit, layer, changed, factor));
    }
    if (OutputRemedies.leavesOutLast(change.other())) {
      edit.leaveOut(stack.last().input(), StackEdit.result(stack.last()));
    }
    for (int i = 0; i < change.factors().size(); i++) {
      GraphLayer layer = weighted.get(i);
      edit.multiplyInput(layer.input(), layer.output(), change.factors().get(i));
    }
    return edit.graph();
  }

  /**
   * The initial values of all that is trained, with all of {@link #ofWeights}.
   *
   * @return by the names that the model's file has, which are those of its program where a
   *     framework keeps them
   * @throws ModelRefusedException if the file computes weights in a way that has no reverse
   */
  public Map<String, Tensor> weights() {
    DrawnWeights drawn = new DrawnWeights(stack, seed);
    PrescribedInitialization initial = change.initial();
    float[] values = initial == null ? DrawnWeights.present(stack) : drawn.initial(initial);
    if (change.other().contains(OtherRemedy.ORTHOGONAL_RECURRENT)) {
      values = drawn.orthogonal(values);
    }
    return new WeightOrigins(model.graph())
        .of(stack.graph().constants(), StackEdit.tensors(stack, values));
  }

  /** Names among {@link #weights} that an exporter has made up, so that no program knows them. */
  public List<String> unknownNames() {
    return weights().keySet().stream().filter(LayerNames::isAnonymous).toList();
  }

  /** Recurrent nodes, whose own functions a new α or another function leaves as they are. */
  public List<String> untouchedNodes() {
    return change.alpha() != null || change.other().contains(OtherRemedy.USE_TANH)
        ? stack.all().flatMap(layer -> layer.recurrent().stream()).map(Node::place).toList()
        : List.of();
  }
}
