package org.unvanish.page;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;
import org.unvanish.data.Columns;

/** Writes the model: small, and harmless wherever it is put. */
public final class PageJson {

  /** As many as a chart can show. */
  private static final MathContext DRAWN = new MathContext(4);

  /** All that there are, so that what the page rounds for its readers is what Java rounds. */
  private static final MathContext READ = MathContext.UNLIMITED;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          // A page shows none, and a wide table has many.
          .withConfigOverride(Columns.class, override -> override.setIsIgnoredType(true))
          // Line separators, characters that turn the direction of text, halves of a character.
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .addModule(
              new SimpleModule()
                  .addSerializer(double[].class, new Doubles(DRAWN))
                  .addSerializer(double.class, new OneDouble())
                  .addSerializer(Optional.class, new Optionals()))
          .build();

  private PageJson() {}

  public static String text(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For the inside of a script element, which no text can leave. */
  public static String embedded(Object value) {
    // Outside of strings, JSON has none of these characters.
    return text(value).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
  }

  private static void write(double value, MathContext digits, JsonGenerator out)
      throws IOException {
    if (!Double.isFinite(value)) {
      out.writeNull();
    } else {
      out.writeNumber(BigDecimal.valueOf(value).round(digits).stripTrailingZeros().toString());
    }
  }

  /** For numbers that are read, not only drawn. */
  static final class Precise extends Doubles {
    Precise() {
      super(READ);
    }
  }

  private static class Doubles extends JsonSerializer<double[]> {
    private final MathContext digits;

    Doubles(MathContext digits) {
      this.digits = digits;
    }

    @Override
    public void serialize(double[] values, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeStartArray();
      for (double value : values) {
        write(value, digits, out);
      }
      out.writeEndArray();
    }
  }

  private static final class OneDouble extends JsonSerializer<Double> {
    @Override
    public void serialize(Double value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      write(value, READ, out);
    }
  }

  /** Null stands for nothing. */
  @SuppressWarnings("rawtypes")
  private static final class Optionals extends JsonSerializer<Optional> {
    @Override
    public void serialize(Optional value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writePOJO(value.isPresent() ? value.get() : null);
    }
  }
}
