package org.unvanish.contest;

import java.util.List;
import java.util.Random;
import org.unvanish.contest.Op.Dimensions;
import org.unvanish.contest.Op.Kind;

/** A small task, with every kind of operation. */
final class TestTasks {

  private TestTasks() {}

  static Task small() {
    Dimensions image = new Dimensions(2, 4, 4);
    Dimensions wider = new Dimensions(3, 4, 4);
    Dimensions pooled = new Dimensions(3, 2, 2);
    Dimensions logits = new Dimensions(5, 1, 1);
    List<Op> ops =
        List.of(
            new Op(Kind.DEPTHWISE, 3, image, image, 0),
            new Op(Kind.CONVOLUTION, 1, image, wider, 18),
            new Op(Kind.TANH, 1, wider, wider, 0),
            new Op(Kind.MAX_POOLING, 2, wider, pooled, 0),
            new Op(Kind.DENSE, 1, pooled, logits, 24),
            new Op(Kind.BIAS, 1, logits, logits, 84));
    Random random = new Random(1);
    float[] parameters = new float[89];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = random.nextFloat() - 0.5f;
    }
    int count = 2 * Task.CHECKED_STEPS;
    byte[] images = new byte[count * image.size()];
    random.nextBytes(images);
    byte[] labels = new byte[count];
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % 5);
      order[i] = count - 1 - i;
    }
    Task.Adam adam = new Task.Adam(0.001, 0.9, 0.999, 1e-8);
    return new Task("small", ops, parameters, 2, 7, adam, images, labels, order);
  }
}
