/**
 * What a terminal shows while a command works, and how a command ends.
 *
 * <p>In reading order: {@link org.unvanish.cli.terminal.StandardOutput} and {@link
 * org.unvanish.cli.terminal.TerminalText}, through which all output goes; {@link
 * org.unvanish.cli.terminal.Screen}, its width and colours; {@link
 * org.unvanish.cli.terminal.ProgressLine} and {@link org.unvanish.cli.terminal.TimeLeft}, with
 * {@link org.unvanish.cli.terminal.ExperimentProgress}, {@link
 * org.unvanish.cli.terminal.DiagnosisProgress}, {@link org.unvanish.cli.terminal.LoadingProgress},
 * {@link org.unvanish.cli.terminal.AuditProgress} and {@link
 * org.unvanish.cli.terminal.BytesProgress} in it; {@link org.unvanish.cli.terminal.ShellWords} and
 * {@link org.unvanish.cli.terminal.CommandName}, commands to copy; {@link
 * org.unvanish.cli.terminal.Interruption}, what Ctrl-C does; {@link
 * org.unvanish.cli.terminal.CommandFailure} and {@link org.unvanish.cli.terminal.ExitCode}, how a
 * command ends.
 */
package org.unvanish.cli.terminal;
