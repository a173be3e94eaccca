package org.unvanish.contest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TaskTest {

  private final Task task = TestTasks.small();

  @Test
  void aBatchFollowsTheOrder() {
    // The order is backwards: batch 1 has the third image from the end first.
    int image = task.order().length - 3;
    assertThat(task.labels(1)).containsExactly(image % 5, (image - 1) % 5);
    float[] pixels = task.pixels(1, Layout.CHANNELS_FIRST);
    for (int i = 0; i < 32; i++) {
      assertThat(pixels[i]).isEqualTo(Byte.toUnsignedInt(task.images()[image * 32 + i]) / 255f);
    }
  }

  @Test
  void channelsLastHasTheSamePixelsInAnotherPlace() {
    float[] first = task.pixels(0, Layout.CHANNELS_FIRST);
    float[] last = task.pixels(0, Layout.CHANNELS_LAST);
    for (int sample = 0; sample < 2; sample++) {
      for (int channel = 0; channel < 2; channel++) {
        for (int pixel = 0; pixel < 16; pixel++) {
          assertThat(last[sample * 32 + pixel * 2 + channel])
              .isEqualTo(first[sample * 32 + channel * 16 + pixel]);
        }
      }
    }
  }

  @Test
  void oneHotLabelsHaveAOneAtTheClass() {
    float[] rows = task.oneHot(0);
    int[] labels = task.labels(0);
    for (int i = 0; i < rows.length; i++) {
      assertThat(rows[i]).isEqualTo(i % 5 == labels[i / 5] ? 1f : 0f);
    }
  }

  @Test
  void partsThatDoNotFitAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> with(new float[3], 2))
        .withMessageContaining("3 parameters instead of 89");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> with(task.parameters(), 3))
        .withMessageContaining("too few images");
  }

  private Task with(float[] parameters, int batch) {
    return new Task(
        task.network(),
        task.ops(),
        parameters,
        batch,
        task.seed(),
        task.adam(),
        task.images(),
        task.labels(),
        task.order());
  }
}
