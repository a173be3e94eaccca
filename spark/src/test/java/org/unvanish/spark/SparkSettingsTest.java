package org.unvanish.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import org.apache.spark.SparkConf;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.unvanish.experiment.cluster.ClusterException;
import org.unvanish.experiment.cluster.ClusterProvider;
import org.unvanish.experiment.cluster.ClusterRequest;

/** What Spark is told, and what is refused before Spark starts. */
class SparkSettingsTest {

  private static final long MIB = 1 << 20;

  @Test
  void vectorsMemoryAndCoresAreSetForTheUser() {
    SparkConf conf = settings("spark://host:7077", Map.of());
    assertThat(conf.get("spark.executor.extraJavaOptions"))
        .contains("--add-modules=jdk.incubator.vector", "dontinline,org.unvanish");
    assertThat(conf.get("spark.task.cpus")).isEqualTo("1");
    assertThat(conf.get("spark.plugins")).isEqualTo("org.unvanish.spark.ReportPlugin");
    assertThat(conf.get("spark.executor.memory")).isEqualTo(1024 + 4 * 100 + 2 * 10 * 8 + "m");
    assertThat(conf.get("spark.ui.enabled")).isEqualTo("false");
  }

  @Test
  void theUsersOwnSettingsComeFirst() {
    SparkConf conf =
        settings(
            "spark://host:7077",
            Map.of(
                "spark.executor.memory", "3g",
                "spark.executor.extraJavaOptions", "-Dmine=1",
                "spark.plugins", "their.Plugin",
                "spark.ui.enabled", "true"));
    assertThat(conf.get("spark.executor.memory")).isEqualTo("3g");
    assertThat(conf.get("spark.executor.extraJavaOptions"))
        .startsWith("-Dmine=1 --add-modules=jdk.incubator.vector");
    assertThat(conf.get("spark.plugins")).isEqualTo("their.Plugin,org.unvanish.spark.ReportPlugin");
    assertThat(conf.get("spark.ui.enabled")).isEqualTo("true");
  }

  @Test
  void moreTasksOfAnExecutorGetMoreMemory() {
    SparkConf conf = settings("spark://host:7077", Map.of("spark.executor.cores", "32"));
    assertThat(conf.get("spark.executor.memory")).isEqualTo(1024 + 4 * 100 + 2 * 10 * 32 + "m");
  }

  @Test
  void withoutAMasterItIsThisMachine() {
    assertThat(SparkSettings.of(request(Optional.empty(), Map.of())).get("spark.master"))
        .isEqualTo("local[*]");
  }

  @Test
  void aClusterThatCannotBeReachedIsToldBeforeSparkStarts() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
      // Somebody listens.
      MasterProbe.require("spark://127.0.0.1:1,127.0.0.1:" + port);
      MasterProbe.require("k8s://http://127.0.0.1:" + port);
    }
    assertThatThrownBy(() -> MasterProbe.require("spark://127.0.0.1:" + port))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining(
            "nothing answers at --master spark://127.0.0.1:%d (127.0.0.1:%1$d: ".formatted(port));
    assertThatThrownBy(() -> MasterProbe.require("spark://nowhere.invalid:7077"))
        .hasMessageContaining("nowhere.invalid:7077: no such host");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark://host",
        "spark://host:0",
        "spark://host:99999",
        "host:7077",
        "local[]",
        ""
      })
  void whatIsNoMasterIsRefused(String master) {
    assertThatThrownBy(() -> MasterProbe.require(master))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("--master must be spark://HOST:PORT")
        .hasMessageContaining("but is '" + master + "'");
  }

  @Test
  void theCommandFindsTheProvider() {
    assertThat(ServiceLoader.load(ClusterProvider.class))
        .extracting(ClusterProvider::name)
        .containsExactly("spark");
  }

  /** The launcher's flags for Java are those that Spark's own scripts pass. */
  @Test
  void javaIsStartedAsSparkAsks() throws IOException {
    assertThat(Files.readAllLines(Path.of("spark.jvm")))
        .containsExactly(JavaModuleOptions.defaultModuleOptionArray());
  }

  @Test
  void sparkUsesLabAndNothingAboveIt() {
    ArchRuleDefinition.noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.unvanish.cli..",
            "org.unvanish.dashboard..",
            "org.unvanish.report..",
            "org.unvanish.page..",
            "org.unvanish.figure..",
            "org.unvanish.export..",
            "org.unvanish.file..",
            "org.unvanish.model..",
            "org.unvanish.djl..",
            "org.unvanish.torch..")
        .check(new ClassFileImporter().importPackages("org.unvanish.spark"));
  }

  private static SparkConf settings(String master, Map<String, String> own) {
    return SparkSettings.of(request(Optional.of(master), own));
  }

  private static ClusterRequest request(Optional<String> master, Map<String, String> own) {
    return new ClusterRequest(
        "test", master, own, OptionalInt.empty(), 100 * MIB, 10 * MIB, notice -> {});
  }
}
