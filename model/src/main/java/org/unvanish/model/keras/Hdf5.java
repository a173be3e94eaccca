package org.unvanish.model.keras;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.dataset.DatasetBase;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.message.DataLayout;
import java.io.Closeable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.unvanish.model.Limits;
import org.unvanish.model.ModelRefusedException;
import org.unvanish.model.graph.Tensor;

/**
 * The groups, attributes and arrays of an HDF5 file, through jHDF. Nothing that the file says is
 * believed before it is compared with the length of the file: no link is followed, no array is
 * larger than what lies in the file, and the number of steps is bounded by {@link BoundedChannel}.
 */
final class Hdf5 implements Closeable {
  static final String SAVE_AGAIN =
      "Load the model where it was made and save it again: model.save(\"model.keras\").";

  /** Keras names its layers and weights in attributes; more of them than this no model has. */
  private static final int MOST_NAMES = 1_000_000;

  private final String place;
  private final BoundedChannel channel;
  private final Limits limits;
  private final HdfFile file;
  private long valueBytes;

  /**
   * @param place what to call it in messages
   * @throws ModelRefusedException if it is no HDF5 file, or a damaged one
   */
  Hdf5(String place, BoundedChannel channel, Limits limits) {
    this.place = place;
    this.channel = channel;
    this.limits = limits;
    this.file = guarded("its start", () -> new HdfFile(channel));
  }

  /** The group that holds all others. */
  Group root() {
    return file;
  }

  /** Whether a group has an attribute of this name. */
  boolean has(Group group, String attribute) {
    return guarded(attribute, () -> group.getAttributes().containsKey(attribute));
  }

  /** An attribute that is a text, whether it was written as bytes or as characters. */
  Optional<String> text(Group group, String attribute) {
    List<String> values = values(group, attribute);
    return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
  }

  /** An attribute that is a list of texts; Keras cuts a long one into several with numbers. */
  List<String> texts(Group group, String attribute) {
    if (has(group, attribute)) {
      return values(group, attribute);
    }
    List<String> result = new ArrayList<>();
    for (int part = 0; has(group, attribute + part); part++) {
      result.addAll(values(group, attribute + part));
    }
    return result;
  }

  /** A group within a group, if it is there. */
  Optional<Group> group(Group parent, String path) {
    Node node = node(parent, path);
    return node instanceof Group group ? Optional.of(group) : Optional.empty();
  }

  /**
   * An array within a group.
   *
   * @throws ModelRefusedException if it is not there, not of numbers, or not as large as it says
   */
  Tensor tensor(Group parent, String path) {
    Node node = node(parent, path);
    if (!(node instanceof DatasetBase array)) {
      throw refused("\"" + path + "\"", "the array is missing");
    }
    return guarded("\"" + path + "\"", () -> tensor(path, array));
  }

  private Tensor tensor(String path, DatasetBase array) {
    DataType type = array.getDataType();
    if (array.getDataLayout() == DataLayout.CHUNKED) {
      throw new ModelRefusedException(
          place + ", \"" + path + "\"",
          "the array is stored in chunks, as Keras does not",
          SAVE_AGAIN);
    }
    int[] shape = array.getDimensions();
    int size = limits.elements(path, Arrays.stream(shape).asLongStream().toArray());
    valueBytes += (long) size * Double.BYTES;
    if (valueBytes > limits.valueBytes() || (long) size * type.getSize() > channel.size()) {
      throw refused("\"" + path + "\"", "the array " + Arrays.toString(shape) + " is too large");
    }
    if (size == 0) {
      return Tensor.zeros(shape);
    }
    ByteBuffer bytes = array.getDataBuffer();
    if (type instanceof FloatingPoint number) {
      return Tensor.of(floats(bytes.order(number.getByteOrder()), type.getSize(), size), shape);
    }
    if (type instanceof FixedPoint number) {
      double[] values = whole(bytes.order(number.getByteOrder()), type.getSize(), size);
      return Tensor.of(Tensor.Kind.INTEGER, values, shape);
    }
    throw new ModelRefusedException(
        place + ", \"" + path + "\"",
        "the numbers are of a type that Unvanish does not read, perhaps bfloat16",
        "Save the model with the dtype float32.");
  }

  private static double[] floats(ByteBuffer bytes, int width, int size) {
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] =
          switch (width) {
            case 2 -> FloatingPoint.toFloat(bytes.getShort());
            case 4 -> bytes.getFloat();
            case 8 -> bytes.getDouble();
            default -> throw new IllegalStateException("numbers of " + width + " bytes");
          };
    }
    return values;
  }

  private static double[] whole(ByteBuffer bytes, int width, int size) {
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] =
          switch (width) {
            case 1 -> bytes.get();
            case 2 -> bytes.getShort();
            case 4 -> bytes.getInt();
            case 8 -> bytes.getLong();
            default -> throw new IllegalStateException("numbers of " + width + " bytes");
          };
    }
    return values;
  }

  private @Nullable Node node(Group parent, String path) {
    return guarded(
        "\"" + path + "\"",
        () -> {
          Node node = parent;
          String[] steps = path.split("/", -1);
          if (steps.length > limits.depth()) {
            throw refused("\"" + path + "\"", "the groups are nested too deeply");
          }
          for (String step : steps) {
            node = node instanceof Group group ? group.getChild(step) : null;
            if (node != null && node.isLink()) {
              throw refused("\"" + path + "\"", "there is a link to another place or file");
            }
          }
          return node;
        });
  }

  private List<String> values(Group group, String attribute) {
    return guarded(
        "attribute " + attribute,
        () -> {
          Attribute value = group.getAttribute(attribute);
          if (value == null || value.isEmpty()) {
            return List.of();
          }
          long count = 1;
          for (int extent : value.getDimensions()) {
            count = Math.multiplyExact(count, extent);
          }
          if (count < 0 || count > MOST_NAMES || count > value.getBuffer().capacity()) {
            throw refused("attribute " + attribute, "it claims " + count + " values");
          }
          Object data = value.getData();
          if (data instanceof String text) {
            return List.of(text);
          }
          if (data instanceof String[] texts) {
            return List.of(texts);
          }
          throw refused("attribute " + attribute, "it is not a text");
        });
  }

  /** jHDF answers a damaged file with exceptions of all kinds: they become one that says where. */
  private <T extends @Nullable Object> T guarded(String where, Supplier<T> step) {
    try {
      return step.get();
    } catch (ModelRefusedException e) {
      throw e;
    } catch (StackOverflowError e) {
      throw refused(where, "its tables lead in circles");
    } catch (OutOfMemoryError e) {
      throw refused(where, "it claims more memory than there is");
    } catch (RuntimeException e) {
      Throwable deepest = e;
      while (deepest.getCause() != null) {
        deepest = deepest.getCause();
      }
      ModelRefusedException refused =
          deepest instanceof ModelRefusedException known
              ? known
              : refused(where, "the HDF5 file is damaged (" + deepest.getMessage() + ")");
      refused.addSuppressed(e);
      throw refused;
    }
  }

  private ModelRefusedException refused(String where, String reason) {
    return new ModelRefusedException(place + ", " + where, reason, SAVE_AGAIN);
  }

  @Override
  public void close() {
    file.close();
  }
}
