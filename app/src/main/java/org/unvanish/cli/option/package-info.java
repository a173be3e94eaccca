/**
 * Options that several commands have.
 *
 * <p>In reading order: {@link org.unvanish.cli.option.OverrideOptions}, {@link
 * org.unvanish.cli.option.BackendOption}, {@link org.unvanish.cli.option.ProbeOption}, {@link
 * org.unvanish.cli.option.ThresholdOption}, {@link org.unvanish.cli.option.SnapshotOption}, {@link
 * org.unvanish.cli.option.FailOn}, {@link org.unvanish.cli.option.Workers}.
 */
package org.unvanish.cli.option;
