/**
 * Options that several commands have, or that are an idea of their own.
 *
 * <p>In reading order: {@link org.unvanish.cli.option.Checked}, when options are checked; {@link
 * org.unvanish.cli.option.DataOptions} and {@link org.unvanish.cli.option.OverrideOptions}, {@link
 * org.unvanish.cli.option.PaperOptions}, {@link org.unvanish.cli.option.BackendOption}, {@link
 * org.unvanish.cli.option.Workers}, {@link org.unvanish.cli.option.ClusterOptions}, {@link
 * org.unvanish.cli.option.ProbeOption}, on training; {@link org.unvanish.cli.option.ArmOption};
 * {@link org.unvanish.cli.option.ExaminationOptions} with {@link
 * org.unvanish.cli.option.SnapshotOption}, {@link org.unvanish.cli.option.ThresholdOption}, {@link
 * org.unvanish.cli.option.FailOn}, on a diagnosis; {@link org.unvanish.cli.option.Version}.
 *
 * <p>Inside: {@code OptionReader} reads the values of options.
 */
package org.unvanish.cli.option;
