package org.unvanish.internal.stage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.unvanish.data.Shape;
import org.unvanish.internal.kernel.ImageKernel;
import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.internal.kernel.Lanes;
import org.unvanish.network.ParameterTensor;

/**
 * Where a network stands on its way through a batch, for stages that ask; and the tensors that
 * follow it from block to block.
 */
final class Pass {

  private final int kept;
  private final List<LaneTensor> tensors = new ArrayList<>();
  private final float[] sharedSums = new float[Lanes.COUNT];
  private int drawings;
  private long seed;
  private long step;
  private boolean training;
  private int batch;
  private int block;
  private boolean padded;

  /** 16 for each block of the batch, where samples are padded. */
  private int[] lengths = new int[0];

  /**
   * @param kept blocks of a batch of training whose values are there at a time, at least 1
   */
  Pass(int kept) {
    this.kept = kept;
  }

  /** A tensor that has values of its own for each block that is kept. */
  LaneTensor tensor(Shape shape, int halo) {
    LaneTensor tensor = new LaneTensor(shape, halo);
    keep(tensor);
    return tensor;
  }

  /** Gives a tensor values of its own for each block that is kept. */
  void keep(LaneTensor tensor) {
    tensors.add(tensor);
  }

  /**
   * Where stages gather the gradient of their α, by lane: the same place for all that share it.
   *
   * @param alpha the learned α, or nothing
   */
  float[] sums(List<ParameterTensor> alpha) {
    boolean shared = alpha.stream().anyMatch(ParameterTensor::isShared);
    return shared ? sharedSums : new float[Lanes.COUNT];
  }

  /** The number of one more stage that draws at random, from 0. */
  int nextDrawing() {
    return drawings++;
  }

  /** Decides what is drawn from now on. */
  void seed(long ofRun, long stepsDone) {
    seed = ofRun;
    step = stepsDone;
  }

  /** Of the run. */
  long seed() {
    return seed;
  }

  /** Steps that the run has done before. */
  long step() {
    return step;
  }

  /**
   * Begins a batch.
   *
   * @param samples in it, at least 1
   */
  void begin(boolean forTraining, int samples) {
    training = forTraining;
    batch = samples;
    block = 0;
    padded = false;
  }

  /** Takes the samples of the block at hand as they stand in a data set. */
  void read(ImageKernel images, int[] order, int from, LaneTensor input) {
    images.gather(order, from, samples(), input);
    padded = images.isPadded();
    if (padded) {
      int blocks = Lanes.blocks(batch) * Lanes.COUNT;
      lengths = lengths.length < blocks ? Arrays.copyOf(lengths, blocks) : lengths;
      images.lengths(order, from, samples(), lengths, block * Lanes.COUNT);
    }
  }

  /**
   * How many steps of a sample of the block at hand are real.
   *
   * @param lane of the sample
   * @param longest how many there are
   */
  int steps(int lane, int longest) {
    return padded ? lengths[block * Lanes.COUNT + lane] : longest;
  }

  /** Turns to a block of the batch. */
  void select(int number) {
    block = number;
    // What only puts out scores never comes back to a block.
    if (kept > 1 && training) {
      for (int i = 0; i < tensors.size(); i++) {
        tensors.get(i).select(place(number));
      }
    }
  }

  /** The place that a block has in tensors, from 0. */
  int place(int number) {
    return number % kept;
  }

  /** Whether parameters are to follow: if not, running statistics stand for those of the batch. */
  boolean isTraining() {
    return training;
  }

  /** Samples in the batch. */
  int batch() {
    return batch;
  }

  /** The number of the block at hand, from 0. */
  int block() {
    return block;
  }

  /** Lanes in use: the first ones of the block at hand. */
  int samples() {
    return Math.min(Lanes.COUNT, batch - block * Lanes.COUNT);
  }
}
