package org.unvanish.torch;

/** PyTorch's native libraries are not there, or cannot be loaded; the message says what to do. */
public final class PyTorchMissingException extends RuntimeException {
  PyTorchMissingException(String message, Throwable cause) {
    super(message, cause);
  }
}
