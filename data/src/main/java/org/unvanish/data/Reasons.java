package org.unvanish.data;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Why the file system refused, in words: the exceptions' own messages are often only a path. */
public final class Reasons {
  private Reasons() {}

  public static DataException cannotRead(Path path, IOException e) {
    return new DataException("cannot read " + path + ": " + of(e) + ".", e);
  }

  public static String of(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (e instanceof CharacterCodingException) {
      return "it is not text in UTF-8";
    }
    if (e instanceof FileAlreadyExistsException refused) {
      return refused.getFile() + " is a file where a folder is needed";
    }
    if (e instanceof FileSystemException refused && refused.getReason() != null) {
      return refused.getReason();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
