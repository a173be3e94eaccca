package org.unvanish.torch;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtEngine;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.Utils;
import java.io.IOException;
import java.util.Properties;

/** PyTorch, loaded into this process through Deep Java Library. */
public final class PyTorch {

  private final Engine engine;

  private PyTorch(Engine engine) {
    this.engine = engine;
  }

  /**
   * Loads PyTorch's native libraries: from {@code PYTORCH_LIBRARY_PATH}, from jars on the class
   * path, or from DJL's cache. Nothing is ever downloaded here, and nobody is told: DJL is set to
   * be offline, unless the system properties {@code ai.djl.offline} and {@code OPT_OUT_TRACKING}
   * say otherwise.
   *
   * <p>From then on PyTorch uses one thread for each thread of Java.
   *
   * @throws PyTorchMissingException if they are not there, or cannot be loaded
   */
  public static PyTorch load() {
    Properties properties = System.getProperties();
    properties.putIfAbsent("ai.djl.offline", "true");
    properties.putIfAbsent("OPT_OUT_TRACKING", "true");
    try {
      Engine engine = Engine.getEngine(PtEngine.ENGINE_NAME);
      JniUtils.setNumThreads(1);
      return new PyTorch(engine);
    } catch (EngineException | LinkageError e) {
      throw new PyTorchMissingException(message(e), e);
    }
  }

  private static String message(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    // That DJL may not download them is no reason that a user would understand.
    boolean missing = cause instanceof IOException && Utils.isOfflineMode();
    String reason = String.valueOf(cause.getMessage()).lines().findFirst().orElse("no reason");
    return "PyTorch's native libraries "
        + (missing ? "are not there." : "cannot be loaded (%s).".formatted(reason))
        + " To fetch them, about 115 MB, where ./unvanish is: mvn -q -pl app"
        + " dependency:copy@pytorch; other ways: docs/pytorch.md";
  }

  /**
   * For the arrays of one run, to be closed after it: on the first GPU if PyTorch can use one, else
   * on the processor.
   */
  NDManager newManager() {
    return engine.newBaseManager(engine.defaultDevice());
  }

  /** For a run's provenance: {@code PyTorch 2.7.1 through DJL 0.36.0 on cpu}. */
  @Override
  public String toString() {
    return "PyTorch %s through DJL %s on %s"
        .formatted(engine.getVersion(), Engine.getDjlVersion(), engine.defaultDevice());
  }
}
