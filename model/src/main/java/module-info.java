/** Other people's models: read, interpreted forward and backward, written back with the remedy. */
@SuppressWarnings("requires-automatic")
module org.unvanish.model {
  requires static transitive org.jspecify;
  requires transitive org.unvanish.engine;
  requires com.fasterxml.jackson.databind;
  requires com.google.protobuf;
  requires io.jhdf;
  requires org.tribuo.util.onnx;

  exports org.unvanish.model;
  exports org.unvanish.model.graph;
  exports org.unvanish.model.keras;
  exports org.unvanish.model.network;
  exports org.unvanish.model.onnx;
  exports org.unvanish.model.safetensors;
  exports org.unvanish.model.torch;
}
