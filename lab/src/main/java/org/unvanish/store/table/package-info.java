/**
 * The statements of the store, each class within a transaction; for {@link
 * org.unvanish.store.RunStore} alone.
 *
 * <p>In reading order: {@link org.unvanish.store.table.Planner}, which writes what is asked for;
 * {@link org.unvanish.store.table.ExperimentReader}, which reads it; {@code DataColumns}, for both,
 * what the columns of a table are; {@link org.unvanish.store.table.RunWriter}, {@link
 * org.unvanish.store.table.RunReader} and {@link org.unvanish.store.table.EpochReader}, runs;
 * {@link org.unvanish.store.table.RaceTables}, who was dropped from a race; {@link
 * org.unvanish.store.table.DiagnosisTables} and {@link
 * org.unvanish.store.table.ConstantPredictors}, what is kept beside them.
 */
package org.unvanish.store.table;
