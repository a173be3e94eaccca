package org.unvanish.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.unvanish.codec.Sha256;

/**
 * How a file shows that Unvanish wrote it: a comment with the SHA-256 of all else, so that a file
 * that somebody has changed is theirs. An ONNX file has it as a property of the model. CSV files
 * have no comments; their header line says it. Event files for TensorBoard have a name that nobody
 * else gives. Files of weights come with a seal of their own.
 *
 * <p>Versions that wrote no marks are known by what they wrote in every file of a kind.
 */
final class FileMark {

  /** Followed by 64 hexadecimal digits. */
  private static final String TEXT = "Written by Unvanish; SHA-256 of the rest: ";

  private static final int LENGTH = TEXT.length() + 64;

  private static final String EPOCHS =
      "arm,seed,epoch,train_loss,train_accuracy,test_loss,test_accuracy";

  private static final String GRADIENTS =
      "arm,seed,epoch,parameter,source,mean_abs,rms,max_abs,q05,q25,q50,q75,q95,vanished_share";

  /** What follows in the header of epochs with further scores. */
  private static final Pattern FURTHER = Pattern.compile("(,train_[a-z0-9_]+)+(,test_[a-z0-9_]+)+");

  /** Of a sweep's arms, between whose name and score their settings stand. */
  private static final Pattern SWEPT =
      Pattern.compile(
          "arm(,[a-z-]+)+,(final_[a-z0-9_]+),\\2_low,\\2_high,n,runs,first_gradient,unfinished");

  /** Of all CSV files that any version wrote: a new one is added, none is taken away. */
  private static final Set<String> HEADERS =
      Set.of(
          EPOCHS,
          GRADIENTS,
          GRADIENTS + ",record_every",
          "arm,seed,epoch,parameter,update_to_weight",
          "arm,seed,epoch,kind,name,rms",
          "arm,seed,epoch,parameter,alpha",
          "arm,seed,epoch,seconds",
          "arm,epoch,metric,mean,q25,q75,n",
          "measure,first,second,pairs,left_out,higher,lower,first_mean,second_mean,difference,"
              + "difference_low,difference_high,unit,effect,p,p_holm",
          "arm,seed,outcome,epochs_done,detail",
          "arm,stage,epochs,seeds,reason,place,of,went_on,score,rival,rival_score,p",
          "claim,experiment,statement,verdict,evidence",
          "claim,reading,verdict,change,measure,pairs,first_mean,second_mean,difference,"
              + "difference_low,difference_high,unit,effect,p,evidence",
          "arm,seeds,forecast_typical,measured_typical,measured_typical_sd,agreement,forecast_rms,"
              + "measured_rms",
          "arm,seeds,forecast_typical_log10,measured_typical_log10,measured_typical_log10_sd,"
              + "agreement,forecast_rms_log10,measured_rms_log10",
          "arm,seed,step,layer,reverse,back,size_log10,carried_log10,typical_log10,"
              + "activation_log10,recurrent_log10,cell_log10",
          "definition,seed,activation_log10,weights_log10,rms_log10,typical_log10");

  private static final String EVENTS = "events.out.tfevents.unvanish";

  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G'};

  /** The length and checksum of a chunk without content, and its name. */
  private static final int PNG_END = 12;

  private static final String PNG_KEY = "Comment\0";

  private static final String ONNX = ".onnx";

  /** What ONNX calls a property is a key with a value. */
  private static final String PROPERTY = "mark";

  private static final String WEIGHTS = ".safetensors";

  /** The seal among the metadata of a file of weights: SHA-256 with zeros in place of itself. */
  private static final Pattern SEAL = Pattern.compile("\"sha256\":\"([0-9a-f]{64})\"");

  private FileMark() {}

  private static boolean isHeader(String line) {
    return HEADERS.contains(line)
        || SWEPT.matcher(line).matches()
        || (line.startsWith(EPOCHS) && FURTHER.matcher(line.substring(EPOCHS.length())).matches());
  }

  /**
   * The content with its mark, if its kind of file can have one.
   *
   * @param file tells the kind where the content does not
   */
  static byte[] mark(Path file, byte[] content) {
    String name = name(file);
    if (name.endsWith(ONNX)) {
      return joined(content, property(text(content)));
    }
    boolean yaml = name.endsWith(".yaml") || name.endsWith(".yml");
    String comment = yaml ? "# " : name.endsWith(".tex") ? "% " : "";
    return comment.isEmpty()
        ? mark(content)
        : joined((comment + text(content) + "\n").getBytes(UTF_8), content);
  }

  /** Of which only the ending counts, in letters of any size. */
  private static String name(Path file) {
    return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
  }

  private static byte[] mark(byte[] content) {
    if (startsWith(content, "<")) {
      // A declaration must stay the first line.
      int end = latin(content).indexOf('\n') + 1;
      return inserted(content, end, ("<!-- " + text(content) + " -->\n").getBytes(UTF_8));
    }
    if (startsWith(content, "%PDF")) {
      // Here it moves nothing that the file says the place of.
      int end = latin(content).lastIndexOf("startxref");
      return end < 0
          ? content
          : inserted(content, end, ("% " + text(content) + "\n").getBytes(UTF_8));
    }
    if (isPng(content)) {
      return inserted(content, content.length - PNG_END, chunk(PNG_KEY + text(content)));
    }
    return content;
  }

  /** A property of a model, field 14 of its message, which may stand behind all others. */
  private static byte[] property(String text) {
    byte[] key = field(1, PROPERTY.getBytes(UTF_8));
    return field(14, joined(key, field(2, text.getBytes(UTF_8))));
  }

  /** A field with its number and its length, as protobuf has them: seven bits a byte. */
  private static byte[] field(int number, byte[] value) {
    int length = value.length;
    byte head = (byte) (number << 3 | 2);
    byte[] start =
        length < 128
            ? new byte[] {head, (byte) length}
            : new byte[] {head, (byte) (length | 128), (byte) (length >> 7)};
    return joined(start, value);
  }

  /** Whether a file of weights is as it was written. */
  private static boolean isSealed(byte[] content) {
    Matcher seal = SEAL.matcher(latin(Arrays.copyOf(content, Math.min(content.length, 1 << 16))));
    if (!seal.find()) {
      return false;
    }
    byte[] unsealed = content.clone();
    Arrays.fill(unsealed, seal.start(1), seal.end(1), (byte) '0');
    return Sha256.of(unsealed).equals(seal.group(1));
  }

  private static byte[] chunk(String text) {
    byte[] bytes = ("tEXt" + text).getBytes(ISO_8859_1);
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return ByteBuffer.allocate(bytes.length + 2 * Integer.BYTES)
        .putInt(bytes.length - 4)
        .put(bytes)
        .putInt((int) crc.getValue())
        .array();
  }

  /** True for what a version of Unvanish has written and nobody has changed since. */
  static boolean isOurs(Path file, byte[] content) throws IOException {
    String name = name(file);
    if (name.endsWith(WEIGHTS)) {
      return isSealed(content);
    }
    if (name.endsWith(ONNX)) {
      int length = property(" ".repeat(LENGTH)).length;
      return content.length > length
          && Arrays.equals(mark(file, Arrays.copyOf(content, content.length - length)), content);
    }
    String text = latin(content);
    int at = text.indexOf(TEXT);
    if (at < 0 || at + LENGTH > text.length()) {
      return isOfEarlierVersion(file, text);
    }
    // Whatever stands around the mark, and wherever it is: the same content must get the same.
    for (String comment : new String[] {"# ", "% "}) {
      if (text.startsWith(comment + TEXT)) {
        byte[] rest = Arrays.copyOfRange(content, comment.length() + LENGTH + 1, content.length);
        return Arrays.equals(joined((comment + text(rest) + "\n").getBytes(UTF_8), rest), content);
      }
    }
    int before = isPng(content) ? 8 + PNG_KEY.length() : text.startsWith("<") ? 5 : 2;
    int after = isPng(content) ? 4 : text.startsWith("<") ? 5 : 1;
    int end = at + LENGTH + after;
    return at >= before
        && end <= content.length
        && Arrays.equals(
            mark(
                joined(
                    Arrays.copyOf(content, at - before),
                    Arrays.copyOfRange(content, end, content.length))),
            content);
  }

  private static boolean isOfEarlierVersion(Path file, String content) throws IOException {
    String name = String.valueOf(file.getFileName());
    String start = content.substring(0, Math.min(content.length(), 4096));
    if (name.equals(EVENTS)) {
      return start.contains("brain.Event:2");
    }
    if (name.endsWith(".csv")) {
      return isHeader(start.lines().findFirst().orElse(""));
    }
    if (content.startsWith("<!doctype html>")) {
      return start.contains("<title>Unvanish</title>")
          || (start.contains("Unvanish</title>")
              && start.contains("Only what stands in this file may run"));
    }
    if (name.endsWith(".svg")) {
      return isEarlierFigure(start);
    }
    if (name.endsWith(".tex")) {
      return start.startsWith("% Needs \\usepackage{") || start.startsWith("% Needs LuaLaTeX or");
    }
    if (name.endsWith(".png") || name.endsWith(".pdf")) {
      // They say nothing of themselves, but were always written beside an SVG of the same name.
      Path svg = file.resolveSibling(name.substring(0, name.length() - 3) + "svg");
      return Files.isRegularFile(svg, LinkOption.NOFOLLOW_LINKS)
          && isEarlierFigure(latin(Files.readAllBytes(svg)));
    }
    return false;
  }

  private static boolean isEarlierFigure(String svg) {
    return svg.startsWith("<?xml")
        && svg.contains("xmlns:jfreesvg=")
        && svg.contains("<clipPath id='dclip-0'>")
        && !svg.contains(TEXT);
  }

  private static boolean isPng(byte[] content) {
    return content.length > PNG_END && Arrays.equals(PNG, Arrays.copyOf(content, PNG.length));
  }

  private static boolean startsWith(byte[] content, String start) {
    return latin(Arrays.copyOf(content, Math.min(content.length, start.length()))).equals(start);
  }

  private static String text(byte[] rest) {
    return TEXT + Sha256.of(rest);
  }

  /** One character a byte. */
  private static String latin(byte[] content) {
    return new String(content, ISO_8859_1);
  }

  private static byte[] inserted(byte[] content, int position, byte[] mark) {
    return joined(
        joined(Arrays.copyOf(content, position), mark),
        Arrays.copyOfRange(content, position, content.length));
  }

  private static byte[] joined(byte[] first, byte[] second) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(first.length + second.length);
    bytes.writeBytes(first);
    bytes.writeBytes(second);
    return bytes.toByteArray();
  }
}
