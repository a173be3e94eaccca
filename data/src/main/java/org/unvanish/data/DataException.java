package org.unvanish.data;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A data set cannot be loaded or installed. The message is made for users: what is wrong, where,
 * and what to do about it.
 *
 * @since 0.1
 */
public final class DataException extends RuntimeException {
  /**
   * @param message what is wrong and what to do, on one or two lines
   */
  public DataException(String message) {
    super(message);
  }

  /**
   * @param message what is wrong and what to do, on one or two lines
   * @param cause for those who look deeper; the message does not need it
   */
  public DataException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Of a file that the file system refuses, with its reason. */
  public static DataException cannotRead(Path path, IOException e) {
    return new DataException("cannot read " + path + ": " + reason(e) + ".", e);
  }

  /** Why the file system refused, in words: the exceptions' own messages are often only a path. */
  public static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NoSuchFileException) {
      return "the file does not exist";
    }
    if (e instanceof CharacterCodingException) {
      return "it is not UTF-8 text";
    }
    if (e instanceof FileAlreadyExistsException refused) {
      return refused.getFile() + " is a file, but a folder is needed";
    }
    if (e instanceof FileSystemException refused && refused.getReason() != null) {
      return refused.getReason();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
