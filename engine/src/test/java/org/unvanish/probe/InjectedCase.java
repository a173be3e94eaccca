package org.unvanish.probe;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.unvanish.data.ImageSet;
import org.unvanish.data.scaling.ChannelScaling;
import org.unvanish.diagnosis.Cause;
import org.unvanish.diagnosis.Mechanism;
import org.unvanish.network.Network;

/**
 * A network in which something was made wrong on purpose, or nothing.
 *
 * @param description for people
 * @param truth the cause that was injected
 * @param expected decades of energy that theory expects from end to end
 * @param mechanism through which the signal is lost or gained where that is beyond doubt, else null
 */
public record InjectedCase(
    String description,
    Cause truth,
    double expected,
    @Nullable Mechanism mechanism,
    Network network,
    float[] parameters,
    ImageSet images,
    List<ChannelScaling> scaling,
    int batchSize) {}
