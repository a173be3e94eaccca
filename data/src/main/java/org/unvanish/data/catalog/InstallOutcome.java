package org.unvanish.data.catalog;

import java.nio.file.Path;

/**
 * What an install did.
 *
 * @param folder where the data set now is
 * @param alreadyInstalled true if it was there, intact, and nothing was done
 * @since 0.1
 */
public record InstallOutcome(Path folder, boolean alreadyInstalled) {}
