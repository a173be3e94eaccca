/**
 * Results as text for people and as JSON for programs.
 *
 * <p>In reading order: {@link org.unvanish.cli.text.ProofResult}, whether training proves a
 * prescription; {@link org.unvanish.cli.text.JUnitReport}, a diagnosis as tests of a build; {@link
 * org.unvanish.cli.text.ResultText}, the results of an experiment, and {@link
 * org.unvanish.cli.text.ComparisonText}, how its arms compare, both in one {@code ResultFrame};
 * {@link org.unvanish.cli.text.ComparisonJson}, the same as JSON; {@link
 * org.unvanish.cli.text.SensitivityJson}, the paper's claims under several readings; {@link
 * org.unvanish.cli.text.FindingTable} and {@link org.unvanish.cli.text.FindingJson}, what an audit
 * of the theory found; {@link org.unvanish.cli.text.Json}, which writes all JSON but that.
 */
package org.unvanish.cli.text;
