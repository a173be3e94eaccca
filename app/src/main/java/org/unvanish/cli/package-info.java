/**
 * The {@code unvanish} command.
 *
 * <p>In reading order: {@link org.unvanish.cli.Main}, where it starts; {@link
 * org.unvanish.cli.Unvanish}, the command and how its errors are told; {@link
 * org.unvanish.cli.ReproduceCommand} and {@link org.unvanish.cli.Reproduction}, which it prepares;
 * {@link org.unvanish.cli.OutputFolder}, where results go; {@link org.unvanish.cli.Interruption},
 * what Ctrl-C does; {@link org.unvanish.cli.TheoryCommand}, with {@link
 * org.unvanish.cli.FindingTable} and {@link org.unvanish.cli.FindingJson} for what it found; {@link
 * org.unvanish.cli.DataCommand}; {@link org.unvanish.cli.ProgressLine} and what is shown in it:
 * {@link org.unvanish.cli.ExperimentProgress}, {@link org.unvanish.cli.AuditProgress}, {@link
 * org.unvanish.cli.BytesProgress}, {@link org.unvanish.cli.TimeLeft}.
 */
package org.unvanish.cli;
