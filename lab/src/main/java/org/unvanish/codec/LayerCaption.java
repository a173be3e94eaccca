package org.unvanish.codec;

import java.util.Optional;

/**
 * What a figure's caption says of a layer with weights.
 *
 * @param layers what layers like it are called: {@code convolutions}
 * @param form which of several forms it has: {@code plain 3×3}
 */
public record LayerCaption(String layers, Optional<String> form) {}
