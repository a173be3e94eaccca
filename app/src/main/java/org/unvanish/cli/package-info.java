/**
 * The {@code unvanish} command.
 *
 * <p>In reading order: {@link org.unvanish.cli.Main}, where it starts; {@link
 * org.unvanish.cli.UnvanishCommand}, the command and how its errors are reported; {@link
 * org.unvanish.cli.HelpCommand} with {@code FirstSteps}; its other subcommands, {@link
 * org.unvanish.cli.InitCommand}, {@link org.unvanish.cli.DiagnoseCommand}, {@link
 * org.unvanish.cli.ReproduceCommand}, {@link org.unvanish.cli.CheckCommand} with {@link
 * org.unvanish.cli.PlanText}, {@link org.unvanish.cli.RunCommand}, {@link
 * org.unvanish.cli.MergeCommand}, {@link org.unvanish.cli.StatusCommand}, {@link
 * org.unvanish.cli.CompareCommand}, {@link org.unvanish.cli.ReportCommand}, {@link
 * org.unvanish.cli.ExportCommand}, {@link org.unvanish.cli.ServeCommand}, {@link
 * org.unvanish.cli.ShowCommand}, {@link org.unvanish.cli.EquivalentCommand}, {@link
 * org.unvanish.cli.TheoryCommand} and {@link org.unvanish.cli.DataCommand}.
 *
 * <p>What they share: {@link org.unvanish.cli.option}, options; {@link org.unvanish.cli.execution},
 * the work in a folder; {@link org.unvanish.cli.text}, results for people and programs; {@link
 * org.unvanish.cli.terminal}, what a terminal shows meanwhile; {@link org.unvanish.cli.launcher},
 * what the launcher does before.
 *
 * <p>Inside: {@code ReproductionCommand} is what {@code reproduce} and its subcommands have in
 * common; {@code NextCommand} says which command to type next; {@code BuildReport} reports a
 * diagnosis to a build; {@code ManPage} and {@code Candidates} are the manual and the words that
 * shells complete; {@code OldNames} are the names of options in earlier versions, which are still
 * understood.
 */
package org.unvanish.cli;
