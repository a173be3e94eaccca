package org.unvanish.spark;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamException;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.unvanish.data.Shape;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;

/**
 * Values as bytes, between a driver and its executors, which run the same version: runs, data,
 * epochs, snapshots. Java's own serialization, but for records, of which almost every value of
 * Unvanish is one: they are written as their components and made again by their constructors, which
 * check them.
 */
final class Wire {

  private Wire() {}

  /** A value as bytes. */
  static byte[] bytes(Object value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      write(value, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** The value that was written. */
  static <T> T value(byte[] bytes, Class<T> type) {
    try {
      return read(new ByteArrayInputStream(bytes), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a value into a stream. */
  static void write(Object value, OutputStream out) throws IOException {
    Output objects = new Output(out);
    objects.writeObject(value);
    objects.flush();
  }

  /** Reads a value from a stream. */
  static <T> T read(InputStream in, Class<T> type) throws IOException {
    try {
      return type.cast(new ObjectInputStream(in).readObject());
    } catch (ClassNotFoundException e) {
      throw new InvalidObjectException("it has a value of another version of Unvanish: " + e);
    }
  }

  private static final class Output extends ObjectOutputStream {
    Output(OutputStream out) throws IOException {
      super(out);
      enableReplaceObject(true);
    }

    @Override
    protected Object replaceObject(Object value) throws IOException {
      if (value instanceof Optional<?> optional) {
        return new OptionalForm(optional.orElse(null));
      } else if (value instanceof OptionalDouble number) {
        return new NumberForm(number.isPresent(), number.orElse(0));
      } else if (value instanceof Network network) {
        return new NetworkForm(network.input(), network.layers());
      } else if (value instanceof Record && !(value instanceof Serializable)) {
        return RecordForm.of(value);
      }
      return value;
    }
  }

  /**
   * @param value null of an empty one
   */
  private record OptionalForm(@Nullable Object value) implements Serializable {
    private Object readResolve() {
      return Optional.ofNullable(value);
    }
  }

  private record NumberForm(boolean present, double number) implements Serializable {
    private Object readResolve() {
      return present ? OptionalDouble.of(number) : OptionalDouble.empty();
    }
  }

  private record NetworkForm(Shape input, List<Layer> layers) implements Serializable {
    private Object readResolve() {
      return new Network(input, layers);
    }
  }

  /** A record by its components. */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares it.
  private record RecordForm(Class<?> type, Object[] components) implements Serializable {
    static RecordForm of(Object value) throws IOException {
      RecordComponent[] components = value.getClass().getRecordComponents();
      Object[] values = new Object[components.length];
      try {
        for (int i = 0; i < values.length; i++) {
          Method accessor = components[i].getAccessor();
          accessor.setAccessible(true);
          values[i] = accessor.invoke(value);
        }
      } catch (ReflectiveOperationException e) {
        throw failure(value.getClass(), e);
      }
      return new RecordForm(value.getClass(), values);
    }

    private Object readResolve() throws ObjectStreamException {
      try {
        Constructor<?> constructor =
            type.getDeclaredConstructor(
                Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new));
        constructor.setAccessible(true);
        return constructor.newInstance(components);
      } catch (ReflectiveOperationException e) {
        throw failure(type, e);
      }
    }

    private static InvalidObjectException failure(Class<?> type, Exception cause) {
      InvalidObjectException failure = new InvalidObjectException("cannot carry a " + type);
      failure.initCause(cause);
      return failure;
    }
  }
}
