package org.unvanish.model.torch;

/** What users can do with a model that is not read. */
final class WayOut {

  static final String EXPORT =
      "Export it in Python with torch.onnx.export(model, example, \"model.onnx\") and give that file, or record its training with the file that \"unvanish show pytorch-hook\" writes.";

  private WayOut() {}
}
