package org.unvanish.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.unvanish.internal.safetensors.StrictJson;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Convolutional.Convolution1d;
import org.unvanish.network.Convolutional.SeparableConvolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Kinds;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.Padding;
import org.unvanish.network.ParameterTensor;

/** What a model file has stands in docs/api.md, for whoever reads it with another program. */
class NetworkFormTest {

  private static final Set<String> OF_ACTIVATIONS = Set.of("function", "learned-alpha");

  static List<Layer> layers() {
    return Kinds.of(Layer.class);
  }

  private static List<String> rows() throws IOException {
    String page = Files.readString(Path.of("../docs/api.md"));
    String section = page.substring(page.indexOf("\n## Model files\n") + 1);
    return section
        .lines()
        .takeWhile(line -> !line.startsWith("## ") || line.equals("## Model files"))
        .filter(line -> line.startsWith("| `"))
        .toList();
  }

  /** The kind's row, after that of another kind whose fields it has, too. */
  private static String fields(String kind) throws IOException {
    String row =
        rows().stream()
            .filter(line -> line.split("\\|")[1].contains("`" + kind + "`"))
            .findFirst()
            .orElseThrow(() -> new AssertionError("docs/api.md has no row for the kind " + kind));
    return row.contains("those of `simple-recurrent`") ? row + fields("simple-recurrent") : row;
  }

  /** With no part that is left out because it is as usual. */
  private static Layer unusual(Layer layer) {
    if (layer instanceof Convolution) {
      return new Convolution(2, 3, true, 2, Padding.VALID);
    } else if (layer instanceof SeparableConvolution) {
      return new SeparableConvolution(2, 3, true, 2, Padding.VALID);
    } else if (layer instanceof Convolution1d) {
      return new Convolution1d(2, 3, true, 2, Padding.VALID);
    }
    return layer;
  }

  private static Network network(Layer layer) {
    return new Network(Kinds.input(layer), List.of(unusual(layer), new Dense(2, true)));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void eachKindStandsInTheTableWithItsFields(Layer layer) throws IOException {
    Map<?, ?> json = (Map<?, ?>) StrictJson.read(NetworkForm.write(network(layer)));
    Map<?, ?> form = (Map<?, ?>) ((List<?>) json.get("layers")).get(0);
    Set<String> names = new TreeSet<>();
    form.keySet().forEach(name -> names.add((String) name));
    names.remove("kind");
    String row = fields((String) form.get("kind"));
    if (row.contains("the fields of `activated`")) {
      names.removeAll(OF_ACTIVATIONS);
    }
    assertThat(names).allMatch(name -> row.contains("`" + name + "`"));
    assertThat(row.contains("| none |")).isEqualTo(names.isEmpty());
  }

  @ParameterizedTest
  @MethodSource("layers")
  void eachTensorStandsInTheTable(Layer layer) throws IOException {
    String table = String.join("\n", rows());
    for (ParameterTensor tensor : network(layer).parameters(0)) {
      String name = tensor.name().replaceFirst("^residual1/(?!projection/)", "");
      assertThat(table).contains("`" + name + "`");
    }
  }
}
