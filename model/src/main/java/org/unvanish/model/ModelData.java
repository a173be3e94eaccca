package org.unvanish.model;

import java.util.Optional;
import org.unvanish.diagnosis.evidence.DataEvidence;
import org.unvanish.loss.TargetKind;
import org.unvanish.loss.TargetTable;
import org.unvanish.model.graph.Tensor;

/**
 * Samples in the shape that a model reads, and their targets.
 *
 * @since 0.1
 */
public interface ModelData {

  /** What is to be learnt, if anything is. */
  record Learnt(TargetTable targets, TargetKind kind, int width) {
    /** How many classes there are; 0 of numbers. */
    int classes() {
      return kind == TargetKind.CLASSES ? width : 0;
    }
  }

  /** As reports name them. */
  String title();

  /** How many samples there are. */
  int count();

  /** Some samples, in the order of the given numbers; one may come several times. */
  Tensor inputs(int[] samples);

  /** The targets; empty where the error signal is to be random. */
  Optional<Learnt> learnt();

  /** The same samples, standardised by channel or column. */
  ModelData standardised();

  /** What the data have to do with a diagnosis. */
  DataEvidence evidence();
}
