package org.unvanish.internal.stage;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.unvanish.internal.kernel.ImageKernel;
import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.internal.kernel.Lanes;
import org.unvanish.network.Dense;
import org.unvanish.network.Network;

/**
 * A network laid out for blocks of 16 samples: its stages and the tensors between them.
 *
 * <p>A block goes all the way forward and backward before the next one comes. A network that begins
 * with a dense layer has nothing but dense layers and what lies between them: there several blocks
 * go their way together, stage by stage, for the sake of {@link CompanyStage}s. With {@link
 * BatchStage}s a batch's blocks are all kept, and the network is cut in front of each such stage:
 * all blocks pass one section before the first enters the next.
 */
public final class LaneNetwork {

  /**
   * One layer as it is laid out, for those who look at a network layer by layer.
   *
   * @param stages its stages, first to last, those of the layers that it holds too
   * @param inside the layers that it holds, first to last
   * @param input what the layer reads
   * @param output the layer's output; an activation after it may overwrite it
   * @param outputGradient the gradient with respect to the output; an activation turns it into that
   *     with respect to its input in place
   */
  public record LaidOut(
      List<Stage> stages,
      List<LaidOut> inside,
      LaneTensor input,
      LaneTensor output,
      LaneTensor outputGradient) {}

  /**
   * Takes part in the way of a batch through the network. The tensors show the block at hand. For
   * each layer blocks come in their order, and for each block layers; a block may wait for others.
   * A layer that holds others comes before them, on either way.
   */
  public interface Visitor {
    /**
     * Fills {@link #input()}: {@link #read} does.
     *
     * @param from the place in the batch of the block's first sample
     * @param samples lanes in use: the first ones
     */
    void enter(int from, int samples);

    /** A layer's input is there, and the layer has yet to read it. */
    default void before(LaidOut layer, int samples) {}

    /**
     * The network's output is there. In training, fill {@link #outputGradient()}, with zeros in the
     * lanes that are not in use.
     *
     * @param from the place in the batch of the block's first sample
     * @param samples lanes in use: the first ones
     */
    void leave(int from, int samples);

    /** The gradient with respect to a layer's output is there, and the layer has yet to read it. */
    default void back(LaidOut layer, int samples) {}
  }

  /** Weights and their gradients are read once for so many blocks, a batch of 256. */
  private static final int COMPANY = 16;

  private final Pass pass;

  /** How many blocks go through a section together, if there are as many. */
  private final int company;

  private final List<LaidOut> layers;
  private final List<Stage> stages = new ArrayList<>();

  /** Of each stage the layer that begins with it, or null; and the one that ends with it. */
  private final @Nullable LaidOut[] begins;

  private final @Nullable LaidOut[] ends;

  /** The stages with which sections begin. */
  private final int[] sections;

  private final LaneTensor input;
  private final LaneTensor output;
  private final LaneTensor outputGradient;

  /** Stages before this one have no parameters before them, so nobody needs their gradients. */
  private final int firstWithParameters;

  public LaneNetwork(Network network) {
    company = company(network);
    pass = new Pass(network.needsBatch() ? Integer.MAX_VALUE : company);
    Layout layout = new Layout(pass, network.input(), network.layers());
    layers = layout.add(network.parametersByLayer().iterator());
    input = layers.get(0).input();
    output = layers.get(layers.size() - 1).output();
    outputGradient = layers.get(layers.size() - 1).outputGradient();
    layers.forEach(layer -> stages.addAll(layer.stages()));
    begins = new LaidOut[stages.size()];
    ends = new LaidOut[stages.size()];
    layers.forEach(this::place);
    List<Integer> starts = new ArrayList<>(List.of(0));
    int first = -1;
    int stage = 0;
    for (int i = 0; i < layers.size(); i++) {
      first = first < 0 && !network.parameters(i).isEmpty() ? stage : first;
      for (Stage own : layers.get(i).stages()) {
        if (own instanceof BatchStage) {
          starts.add(stage);
        }
        stage++;
      }
    }
    firstWithParameters = first;
    sections = starts.stream().mapToInt(Integer::intValue).toArray();
  }

  private static int company(Network network) {
    return network.layers().get(0) instanceof Dense ? COMPANY : 1;
  }

  /**
   * How many blocks' values are kept at a time in training.
   *
   * @param blocks of a batch
   */
  public static int kept(Network network, int blocks) {
    return network.needsBatch() ? blocks : Math.min(company(network), blocks);
  }

  /**
   * Finds the stages of a layer and of those that it holds; a block has a first and last of its
   * own.
   */
  private void place(LaidOut layer) {
    int first = stages.indexOf(layer.stages().get(0));
    begins[first] = layer;
    ends[first + layer.stages().size() - 1] = layer;
    layer.inside().forEach(this::place);
  }

  /** The network's layers, first to last. */
  public List<LaidOut> layers() {
    return layers;
  }

  /** Where a block's samples go; {@link #read} has them there. */
  public LaneTensor input() {
    return input;
  }

  /**
   * Reads a block's samples, for a visitor whom the block enters.
   *
   * @param images what is read
   * @param order sample numbers
   * @param from the first one's place in the order; there are as many as lanes in use
   */
  public void read(ImageKernel images, int[] order, int from) {
    pass.read(images, order, from, input);
  }

  /** A block's outputs. */
  public LaneTensor output() {
    return output;
  }

  /** Where the gradient with respect to the outputs goes. */
  public LaneTensor outputGradient() {
    return outputGradient;
  }

  /** Takes over parameters for the next batch and forgets the gradients of the last one. */
  public void setParameters(float[] parameters) {
    for (int i = 0; i < stages.size(); i++) {
      stages.get(i).setParameters(parameters);
    }
  }

  /**
   * Decides what layers draw at random in the batches of training that follow.
   *
   * @param seed of the run
   * @param step steps that the run has done before
   */
  public void seed(long seed, long step) {
    pass.seed(seed, step);
  }

  /**
   * Sends a batch forward as it is for testing and predicting, block by block.
   *
   * @param samples in the batch, at least 1
   */
  public void predict(int samples, Visitor visitor) {
    pass.begin(false, samples);
    for (int block = 0; block < Lanes.blocks(samples); block++) {
      pass.select(block);
      visitor.enter(block * Lanes.COUNT, pass.samples());
      forward(0, stages.size(), block, 1, visitor);
      visitor.leave(block * Lanes.COUNT, pass.samples());
    }
  }

  /**
   * Sends a batch of training forward and backward. Once after each {@link #setParameters}.
   *
   * @param samples in the batch, at least 1
   * @param gradient receives the gradient with respect to the parameters
   */
  public void train(int samples, float[] gradient, Visitor visitor) {
    pass.begin(true, samples);
    for (int i = 0; i < stages.size(); i++) {
      stages.get(i).gatherIn(gradient);
    }
    train(Lanes.blocks(samples), visitor);
    for (int i = 0; i < stages.size(); i++) {
      stages.get(i).collect(gradient);
    }
  }

  private void train(int blocks, Visitor visitor) {
    int last = sections.length - 1;
    for (int section = 0; section < last; section++) {
      BatchStage next = (BatchStage) stages.get(sections[section + 1]);
      for (int first = 0; first < blocks; first += company) {
        int count = Math.min(company, blocks - first);
        enter(section, first, count, visitor);
        forward(sections[section], sections[section + 1], first, count, visitor);
        for (int block = first; block < first + count; block++) {
          pass.select(block);
          next.observe();
        }
      }
      next.observed();
    }
    for (int first = 0; first < blocks; first += company) {
      int count = Math.min(company, blocks - first);
      enter(last, first, count, visitor);
      forward(sections[last], stages.size(), first, count, visitor);
      for (int block = first; block < first + count; block++) {
        pass.select(block);
        visitor.leave(block * Lanes.COUNT, pass.samples());
      }
      backward(stages.size(), last, first, count, visitor);
    }
    for (int section = last - 1; section >= 0; section--) {
      int next = sections[section + 1];
      for (int first = 0; first < blocks && next > firstWithParameters; first += company) {
        int count = Math.min(company, blocks - first);
        for (int block = first; block < first + count; block++) {
          pass.select(block);
          stages.get(next).inputGradient();
        }
        backward(next, section, first, count, visitor);
      }
    }
  }

  private void enter(int section, int first, int count, Visitor visitor) {
    for (int block = first; block < first + count && section == 0; block++) {
      pass.select(block);
      visitor.enter(block * Lanes.COUNT, pass.samples());
    }
  }

  private void forward(int from, int to, int first, int count, Visitor visitor) {
    for (int i = from; i < to; i++) {
      Stage stage = stages.get(i);
      CompanyStage together = together(stage, count);
      for (int block = first; block < first + count; block++) {
        pass.select(block);
        LaidOut layer = begins[i];
        if (layer != null) {
          visitor.before(layer, pass.samples());
        }
        if (together == null) {
          stage.forward();
        }
      }
      if (together != null) {
        together.forward(pass.place(first), count);
      }
    }
  }

  /** Back to a section's first stage; if that looks at the whole batch, it then waits. */
  private void backward(int end, int section, int first, int count, Visitor visitor) {
    for (int i = end - 1; i >= Math.max(sections[section], firstWithParameters); i--) {
      Stage stage = stages.get(i);
      CompanyStage together = together(stage, count);
      boolean passes = i > firstWithParameters && !(section > 0 && i == sections[section]);
      for (int block = first; block < first + count; block++) {
        pass.select(block);
        LaidOut layer = ends[i];
        if (layer != null) {
          visitor.back(layer, pass.samples());
        }
        if (together == null) {
          stage.addParameterGradients();
          if (passes) {
            stage.inputGradient();
          }
        }
      }
      if (together != null) {
        together.addParameterGradients(pass.place(first), count);
        if (passes) {
          together.inputGradient(pass.place(first), count);
        }
      }
    }
  }

  /** The stage, if blocks come to it together. */
  private static @Nullable CompanyStage together(Stage stage, int count) {
    return count > 1 && stage instanceof CompanyStage company && company.takesCompany()
        ? company
        : null;
  }

  /** Writes the running statistics as they are after the last batch of training. */
  public void writeStatistics(float[] parameters) {
    for (int i = 1; i < sections.length; i++) {
      ((BatchStage) stages.get(sections[i])).writeStatistics(parameters);
    }
  }
}
