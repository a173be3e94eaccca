/** What the launcher {@code unvanish} needs before it starts the command. */
@NullMarked
package org.unvanish.cli.launcher;

import org.jspecify.annotations.NullMarked;
