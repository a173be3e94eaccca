package org.unvanish.store.merge;

import java.nio.file.Path;
import org.unvanish.store.RunStore;
import org.unvanish.store.sql.Database;

/**
 * A store that is merged with others; it is only read.
 *
 * @param folder where it is
 * @param database open for reading
 */
public record MergeSource(Path folder, Database database) implements AutoCloseable {

  /**
   * Opens a folder's store.
   *
   * @throws org.unvanish.store.StoreException if there is none, or it is no store of this version
   */
  public static MergeSource open(Path folder) {
    return new MergeSource(folder, Database.readable(folder.resolve(RunStore.FILE)));
  }

  @Override
  public void close() {
    database.close();
  }

  /** The folder, as messages name it. */
  @Override
  public String toString() {
    return folder.toString();
  }
}
