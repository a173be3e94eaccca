/**
 * The {@code unvanish} command.
 *
 * <p>In reading order: {@link org.unvanish.cli.Main}, where it starts; {@link
 * org.unvanish.cli.Unvanish}, the command and how its errors are told; its subcommands, {@link
 * org.unvanish.cli.DiagnoseCommand} with {@link org.unvanish.cli.option.SnapshotOption}, {@link
 * org.unvanish.cli.option.FailOn}, {@link org.unvanish.cli.DiagnosisText} and its {@link
 * org.unvanish.cli.terminal.Bars}, {@link org.unvanish.cli.Proof} and {@link
 * org.unvanish.cli.ProofResult}; {@link org.unvanish.cli.ReproduceCommand}, {@link
 * org.unvanish.cli.CheckCommand} with {@link org.unvanish.cli.PlanText}, {@link
 * org.unvanish.cli.RunCommand}, {@link org.unvanish.cli.StatusCommand}, {@link
 * org.unvanish.cli.CompareCommand}, {@link org.unvanish.cli.ReportCommand}, {@link
 * org.unvanish.cli.ExportCommand}, {@link org.unvanish.cli.ShowCommand}, {@link
 * org.unvanish.cli.TheoryCommand} with {@link org.unvanish.cli.FindingTable} and {@link
 * org.unvanish.cli.FindingJson}, and {@link org.unvanish.cli.DataCommand}.
 *
 * <p>What they share: {@link org.unvanish.cli.option.OverrideOptions}, {@link
 * org.unvanish.cli.option.Workers} and {@link org.unvanish.cli.option.ProbeOption}, options; {@link
 * org.unvanish.cli.Execution}, experiments carried out in a folder, with {@link
 * org.unvanish.cli.SpecCopy}, what was carried out; {@link org.unvanish.cli.StoredExperiments},
 * experiments read back from one; {@link org.unvanish.cli.OutputFolder}, where results go; {@link
 * org.unvanish.cli.MemoryPlan}, whether an experiment fits; {@link
 * org.unvanish.cli.terminal.StandardOutput} and {@link org.unvanish.cli.terminal.TerminalText},
 * what becomes of all that is printed; {@link org.unvanish.cli.terminal.Interruption}, what Ctrl-C
 * does; {@link org.unvanish.cli.Json}, output for programs; {@link
 * org.unvanish.cli.terminal.ProgressLine} and what is shown in it: {@link
 * org.unvanish.cli.terminal.ExperimentProgress}, {@link
 * org.unvanish.cli.terminal.DiagnosisProgress}, {@link org.unvanish.cli.terminal.LoadingProgress},
 * {@link org.unvanish.cli.terminal.AuditProgress}, {@link org.unvanish.cli.terminal.BytesProgress},
 * {@link org.unvanish.cli.terminal.TimeLeft}.
 */
package org.unvanish.cli;
