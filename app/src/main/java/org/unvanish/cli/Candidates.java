package org.unvanish.cli;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.unvanish.beyond.BeyondSpecs;
import org.unvanish.beyond.SweepSpecs;
import org.unvanish.cli.text.FindingTable;
import org.unvanish.export.ExportFormat;
import org.unvanish.paper.PaperSpecs;
import org.unvanish.paper.Reading;
import org.unvanish.sequences.SequenceSpecs;
import org.unvanish.theory.Topic;

/** The words that a shell completes where a command knows all that can stand there. */
abstract class Candidates implements Iterable<String> {

  private final List<String> words;

  private Candidates(List<String> words) {
    this.words = words;
  }

  private Candidates(List<String> words, String... more) {
    this(Stream.concat(words.stream(), Stream.of(more)).toList());
  }

  @Override
  public Iterator<String> iterator() {
    return new ArrayList<>(words).iterator();
  }

  /** For {@code show}. */
  static final class Shown extends Candidates {
    Shown() {
      super(ShowCommand.names());
    }
  }

  /** For {@code reproduce}. */
  static final class Reproduced extends Candidates {
    Reproduced() {
      super(PaperSpecs.NAMES, SweepSpecs.ALPHA, ReproductionCommand.ALL);
    }
  }

  /** For {@code reproduce beyond}. */
  static final class Beyond extends Candidates {
    Beyond() {
      super(BeyondSpecs.SERIES.names(), ReproductionCommand.ALL);
    }
  }

  /** For {@code reproduce sequences}. */
  static final class Sequences extends Candidates {
    Sequences() {
      super(SequenceSpecs.SERIES.names(), ReproductionCommand.ALL);
    }
  }

  /** For {@code reproduce sensitivity}. */
  static final class Readings extends Candidates {
    Readings() {
      super(Reading.OTHERS.stream().map(Reading::name).toList(), ReproductionCommand.ALL);
    }
  }

  /** For {@code theory}. */
  static final class Topics extends Candidates {
    Topics() {
      super(Stream.of(Topic.values()).map(FindingTable::name).toList(), TheoryCommand.ALL);
    }
  }

  /** For {@code export --format}. */
  static final class Formats extends Candidates {
    Formats() {
      super(ExportFormat.labels());
    }
  }
}
