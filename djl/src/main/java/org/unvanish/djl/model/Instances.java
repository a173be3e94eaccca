package org.unvanish.djl.model;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;

/** Objects without their constructors. */
final class Instances {

  private Instances() {}

  /**
   * An object none of whose constructors was called: what serialisation makes, by the means that
   * the JDK has for that ({@code jdk.unsupported}).
   */
  static Object allocate(Class<?> type) {
    try {
      Class<?> factory = Class.forName("sun.reflect.ReflectionFactory");
      Constructor<?> constructor =
          (Constructor<?>)
              factory
                  .getMethod("newConstructorForSerialization", Class.class, Constructor.class)
                  .invoke(
                      factory.getMethod("getReflectionFactory").invoke(null),
                      type,
                      Object.class.getDeclaredConstructor());
      return constructor.newInstance();
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("cannot make a " + type.getName(), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Java cannot make a " + type.getName(), e);
    }
  }

  /** Whether a function holds on to a block, a parameter or an array, as {@code this::f} does. */
  static boolean captures(Object function) {
    if (!function.getClass().isHidden()) {
      return false;
    }
    for (Field field : function.getClass().getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
        Object captured = get(field, function);
        if (captured instanceof Block
            || captured instanceof Parameter
            || captured instanceof NDArray
            || (captured != null && captures(captured))) {
          return true;
        }
      }
    }
    return false;
  }

  private static Object get(Field field, Object owner) {
    try {
      field.setAccessible(true);
      return field.get(owner);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
