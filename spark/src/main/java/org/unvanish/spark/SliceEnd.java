package org.unvanish.spark;

import java.util.Optional;
import org.unvanish.experiment.RunOutcome;

/**
 * How a slice ended; its epochs have been reported by then.
 *
 * @param host that trained it
 * @param outcome of the run; empty where the slice's time was over and the run is not
 * @param refusal why the executor cannot be trusted with any run, if so
 */
record SliceEnd(String host, Optional<RunOutcome> outcome, Optional<String> refusal) {}
