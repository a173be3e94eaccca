package org.unvanish.codec;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.unvanish.data.scaling.PixelScaling;

/** How inputs become numbers, as specs, definitions and the schema have it. */
public final class ScalingCodec {

  /** The scalings by their words. */
  public static final Map<String, PixelScaling> WORDS =
      Words.of(List.of(PixelScaling.values()), scaling -> scaling.name().toLowerCase(Locale.ROOT));

  /** The key of a spec. */
  public static final Key<PixelScaling> KEY =
      Key.choice(
              "input-scaling",
              WORDS,
              "How values become inputs: unit scales pixels and columns to [0, 1], standardised"
                  + " gives each channel or column mean 0 and standard deviation 1 over the training"
                  + " samples, raw leaves them as they are. Categories always stay as they are.")
          .byDefault("unit");

  private ScalingCodec() {}

  /** As specs write it. */
  public static Object yaml(PixelScaling scaling) {
    return Words.of(WORDS, scaling);
  }

  /** As the text that identifies a run has it. */
  public static String definition(PixelScaling scaling) {
    return scaling.name();
  }
}
