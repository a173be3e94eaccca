/** Training sigmoid-type networks on a CPU, measuring every gradient, and what helps. */
@SuppressWarnings("module") // It is built before the module that it lets in.
module org.unvanish.engine {
  requires static transitive org.jspecify;
  requires transitive org.unvanish.data;
  requires jdk.incubator.vector;

  exports org.unvanish;
  exports org.unvanish.explanation;
  exports org.unvanish.forecast;
  exports org.unvanish.initialization;
  exports org.unvanish.internal.safetensors to
      org.unvanish.model;
  exports org.unvanish.network;
  exports org.unvanish.optimizer;
  exports org.unvanish.probe;
  exports org.unvanish.random;
  exports org.unvanish.remedy;
  exports org.unvanish.text;
  exports org.unvanish.train;
}
