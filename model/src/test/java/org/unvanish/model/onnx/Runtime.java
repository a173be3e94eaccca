package org.unvanish.model.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.unvanish.model.graph.Tensor;

/** What ONNX Runtime computes of a file, in numbers of 32 bits. */
public final class Runtime {
  private Runtime() {}

  /** The outputs that are tensors of floating-point numbers. */
  public static List<Tensor> run(Path file, Map<String, Tensor> inputs) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      try (OrtSession session = environment.createSession(file.toString(), options)) {
        Map<String, OnnxTensor> given = new LinkedHashMap<>();
        for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
          given.put(input.getKey(), tensor(environment, input.getValue()));
        }
        List<Tensor> outputs = new ArrayList<>();
        try (OrtSession.Result result = session.run(given)) {
          result.forEach(
              output -> {
                if (output.getValue() instanceof OnnxTensor tensor
                    && tensor.getFloatBuffer() != null) {
                  outputs.add(tensor(tensor));
                }
              });
        }
        given.values().forEach(OnnxTensor::close);
        return outputs;
      }
    }
  }

  private static OnnxTensor tensor(OrtEnvironment environment, Tensor tensor) throws OrtException {
    float[] values = new float[tensor.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) tensor.value(i);
    }
    long[] shape = Arrays.stream(tensor.shape()).asLongStream().toArray();
    return OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
  }

  private static Tensor tensor(OnnxTensor tensor) {
    FloatBuffer floats = tensor.getFloatBuffer();
    double[] values = new double[floats.remaining()];
    for (int i = 0; i < values.length; i++) {
      values[i] = floats.get(i);
    }
    int[] shape = Arrays.stream(tensor.getInfo().getShape()).mapToInt(n -> (int) n).toArray();
    return Tensor.of(values, shape);
  }
}
