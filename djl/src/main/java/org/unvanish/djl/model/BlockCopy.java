package org.unvanish.djl.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.AbstractBaseBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SymbolBlock;
import ai.djl.util.Pair;
import ai.djl.util.PairList;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Copies a tree of blocks of any classes, its parameters too.
 *
 * <p>Blocks have no copy of their own: builders are gone once they have built. So each block is
 * copied field by field: blocks, parameters and collections of them are copied in turn, each once
 * however often it is referred to; all else is shared, as shapes, settings and functions do not
 * change.
 */
public final class BlockCopy {

  private final @Nullable NDManager manager;
  private final Function<Block, Optional<Block>> replacement;
  private final IdentityHashMap<Object, Object> copies = new IdentityHashMap<>();

  /**
   * @param manager of the copied parameters; null for that of the originals
   * @param replacement what takes the place of a block; empty if it is to be copied
   */
  public BlockCopy(@Nullable NDManager manager, Function<Block, Optional<Block>> replacement) {
    this.manager = manager;
    this.replacement = replacement;
  }

  /**
   * The copy of a block.
   *
   * @param path where it is in the tree, for errors
   * @throws IllegalArgumentException if it cannot be copied
   */
  public Block of(Block block, String path) {
    Block made = (Block) copies.get(block);
    if (made != null) {
      return made;
    }
    Optional<Block> other = replacement.apply(block);
    if (other.isPresent()) {
      copies.put(block, other.get());
      return other.get();
    }
    if (!(block instanceof AbstractBaseBlock) || block instanceof SymbolBlock) {
      throw new IllegalArgumentException(
          ("the block at %s is a %s, which keeps its layers where Java cannot see them, so it cannot"
                  + " be copied")
              .formatted(path, block.getClass().getName()));
    }
    Block copy = (Block) Instances.allocate(block.getClass());
    copies.put(block, copy);
    for (Class<?> c = block.getClass(); c != Object.class; c = c.getSuperclass()) {
      for (Field field : c.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())) {
          copyField(field, block, copy, path);
        }
      }
    }
    return copy;
  }

  private void copyField(Field field, Block from, Block to, String path) {
    try {
      field.setAccessible(true);
      Object copied = value(field.get(from), from, path);
      if (copied != null && !field.getType().isPrimitive() && !field.getType().isInstance(copied)) {
        throw new IllegalArgumentException(
            ("the field %s of the block at %s is a %s, so that no %s can take its place; declare it"
                    + " as Block")
                .formatted(
                    field.getName(),
                    path,
                    field.getType().getSimpleName(),
                    copied.getClass().getSimpleName()));
      }
      field.set(to, copied);
    } catch (IllegalAccessException | InaccessibleObjectException e) {
      throw new IllegalArgumentException(
          "the block at %s cannot be copied: Java keeps the field %s of %s closed. Open its package"
                  .formatted(path, field.getName(), field.getDeclaringClass().getName())
              + " to org.unvanish.djl",
          e);
    }
  }

  private @Nullable Object value(@Nullable Object value, Block owner, String path) {
    if (value instanceof Block block) {
      return of(block, path + "/" + name(owner, block));
    } else if (value instanceof Parameter parameter) {
      return copies.computeIfAbsent(parameter, p -> copy((Parameter) p));
    } else if (value instanceof PairList<?, ?> pairs) {
      return pairs(pairs, owner, path);
    } else if (value instanceof List<?> list) {
      return list(list, owner, path);
    } else if (value instanceof Map<?, ?> map) {
      return map(map, owner, path);
    } else if (value instanceof NDArray || (value != null && Instances.captures(value))) {
      throw new IllegalArgumentException(
          ("the block at %s, a %s, has an array, a block or a parameter in a place where it cannot"
                  + " be copied: %s. Keep it in a field, an array as a parameter")
              .formatted(
                  path,
                  owner.getClass().getName(),
                  value instanceof NDArray ? "an array of its own" : "within a function"));
    }
    return value;
  }

  private static String name(Block owner, Block child) {
    for (Pair<String, Block> pair : owner.getChildren()) {
      if (pair.getValue() == child) {
        return pair.getKey();
      }
    }
    return child.getClass().getSimpleName();
  }

  /** Of the same class: DJL's fields are of sub-classes without anything of their own. */
  private Object pairs(PairList<?, ?> pairs, Block owner, String path) {
    @SuppressWarnings("unchecked")
    PairList<Object, Object> copy =
        pairs instanceof ai.djl.nn.BlockList
            ? (PairList<Object, Object>) (PairList<?, ?>) new ai.djl.nn.BlockList()
            : new PairList<>();
    for (Pair<?, ?> pair : pairs) {
      Object copied = value(pair.getValue(), owner, path);
      copy.add(renamed(pair.getKey(), pair.getValue(), copied), copied);
    }
    return copy;
  }

  /** DJL names children by their class, {@code 02LambdaBlock}, unless their parent names them. */
  private static Object renamed(Object name, Object from, @Nullable Object to) {
    String old = from.getClass().getSimpleName();
    return to != null && to.getClass() != from.getClass() && name.toString().endsWith(old)
        ? name.toString().replaceFirst(old + "$", to.getClass().getSimpleName())
        : name;
  }

  /** The same list if nothing in it was copied: a list of names may be of any class. */
  private Object list(List<?> list, Block owner, String path) {
    List<Object> copy = new ArrayList<>(list.size());
    boolean changed = list.getClass() == ArrayList.class;
    for (Object element : list) {
      Object copied = value(element, owner, path);
      changed |= copied != element;
      copy.add(copied);
    }
    return changed ? copy : list;
  }

  private Object map(Map<?, ?> map, Block owner, String path) {
    Map<Object, Object> copy = new LinkedHashMap<>();
    map.forEach((key, value) -> copy.put(key, value(value, owner, path)));
    return copy;
  }

  /** With a number of its own, by which trainers know parameters. */
  private Parameter copy(Parameter from) {
    Parameter.Builder builder =
        Parameter.builder()
            .setName(from.getName())
            .setType(from.getType())
            .optRequiresGrad(from.requiresGradient())
            .optShape(from.getShape())
            .optInitializer(from.getInitializer());
    if (from.isInitialized()) {
      NDArray array;
      try (NDArray values = from.getArray().stopGradient()) {
        array = values.duplicate();
      }
      array.setName(from.getName());
      if (manager != null) {
        array.attach(manager);
      }
      if (from.requiresGradient()) {
        array.setRequiresGradient(true);
      }
      builder.optArray(array);
    }
    return builder.build();
  }
}
