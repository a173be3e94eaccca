package org.unvanish.cli.execution;

import org.unvanish.cli.terminal.LoadingProgress;
import org.unvanish.cli.terminal.ProgressLine;
import org.unvanish.data.DataSource;
import org.unvanish.data.Dataset;
import org.unvanish.data.Pixels;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.spec.Overrides;

/**
 * Samples of a model that a spec may name, too.
 *
 * @param source where they are
 * @param scaling as the user says it; else pixels to [0, 1], and columns as they are
 */
public record ModelSamples(DataSource source, Dataset data, PixelScaling scaling) {

  /** Loads what {@code --data} names. */
  static ModelSamples of(
      String asked, Overrides overrides, DataCatalog catalog, ProgressLine progress) {
    DataSource source = DataSource.of(asked);
    Dataset data = catalog.load(source, new LoadingProgress(progress));
    boolean images = data.train().pixels() instanceof Pixels.Bytes;
    return new ModelSamples(
        source, data, overrides.pixels().orElse(images ? PixelScaling.UNIT : PixelScaling.RAW));
  }
}
