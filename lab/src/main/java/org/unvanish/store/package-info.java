/**
 * Where runs are kept: a database in the experiment's folder, written in one transaction an epoch,
 * so that a process that dies loses the epochs under way and nothing else.
 *
 * <p>In reading order: {@link org.unvanish.store.RunStore}, the store; {@link
 * org.unvanish.store.StoredExperiment} with {@link org.unvanish.store.StoredArm}, {@link
 * org.unvanish.store.StoredRun} with {@link org.unvanish.store.RunState}, what is in it; {@link
 * org.unvanish.store.StoredDiagnosis}, what probing found; {@link org.unvanish.store.Session} and
 * {@link org.unvanish.store.Provenance}, which program trained a run, when and where; {@link
 * org.unvanish.store.WatchedRun}, for runs that another program trains; {@link
 * org.unvanish.store.StoreMerge}, which makes one store of several; {@link
 * org.unvanish.store.StoreMark}, whether something changed; {@link
 * org.unvanish.store.StoreException}, what is wrong.
 *
 * <p>Inside: {@code FolderLock} keeps a second process away, {@code StoreListener} writes what an
 * experiment reports; {@link org.unvanish.store.table} has the statements, {@link
 * org.unvanish.store.merge} those that merge, {@link org.unvanish.store.sql} the SQLite file.
 */
package org.unvanish.store;
