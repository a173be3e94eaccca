package org.unvanish.train;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.unvanish.data.ImageSet;
import org.unvanish.data.scaling.ChannelScaling;
import org.unvanish.network.Network;

/** Whether samples have the numbers of categories where embeddings look them up. */
final class CategoryNumbers {

  private CategoryNumbers() {}

  /**
   * What is wrong with samples; empty where nothing is.
   *
   * @param scaling of each channel
   * @return how a sentence goes on that begins with what the samples are
   */
  static Optional<String> problem(Network network, ImageSet samples, List<ChannelScaling> scaling) {
    for (Map.Entry<Integer, Integer> input : network.embeddedInputs().entrySet()) {
      int channel = input.getKey();
      int categories = input.getValue();
      for (int sample = 0; sample < samples.count(); sample++) {
        float value = samples.pixels().value(sample * samples.shape().size() + channel);
        float number = scaling.get(channel).applyTo(value);
        if (!(number >= 0 && number < categories && number == Math.rint(number))) {
          return Optional.of(
              ("have %s as input %d of sample %d, both counted from 0; an embedding needs a"
                      + " category's number there, whole, from 0 to %d and not scaled")
                  .formatted(number, channel, sample, categories - 1));
        }
      }
    }
    return Optional.empty();
  }
}
