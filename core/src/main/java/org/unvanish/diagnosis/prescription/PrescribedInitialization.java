package org.unvanish.diagnosis.prescription;

/**
 * Initializations that may be prescribed, each with biases of 0.
 *
 * @since 0.1
 */
public enum PrescribedInitialization {
  /** Uniform on ±√(6/(fanIn + fanOut)): Glorot &amp; Bengio (2010). */
  GLOROT("glorot"),
  /** Normal with standard deviation √(2/fanIn): He et al. (2015). */
  HE("he");

  private final String label;

  PrescribedInitialization(String label) {
    this.label = label;
  }

  /** As it is written in JSON and reports. */
  public String label() {
    return label;
  }

  @Override
  public String toString() {
    return label;
  }
}
