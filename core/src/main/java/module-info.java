/** The mathematics of vanishing gradients, without third-party code. */
module org.unvanish.core {
  requires static transitive org.jspecify;

  exports org.unvanish.activation;
  exports org.unvanish.diagnosis;
  exports org.unvanish.diagnosis.evidence;
  exports org.unvanish.diagnosis.measurement;
  exports org.unvanish.diagnosis.prescription;
  exports org.unvanish.gradient;
  exports org.unvanish.loss;
  exports org.unvanish.meanfield;
  exports org.unvanish.penalty;
  exports org.unvanish.theory;
  exports org.unvanish.theory.chain;
}
