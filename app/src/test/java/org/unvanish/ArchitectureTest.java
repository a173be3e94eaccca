package org.unvanish;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The arrows between modules and packages. */
@AnalyzeClasses(packages = "org.unvanish", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String[] CORE =
      packages("activation", "penalty", "loss", "gradient", "meanfield", "theory", "diagnosis");
  private static final String[] DATA = packages("data");
  private static final String[] ENGINE =
      join(
          new String[] {"org.unvanish"},
          packages(
              "random",
              "network",
              "initialization",
              "optimizer",
              "train",
              "probe",
              "forecast",
              "remedy",
              "explanation",
              "text",
              "internal"));
  private static final String[] MODEL = packages("model");
  private static final String[] LAB =
      packages(
          "codec",
          "experiment",
          "examination",
          "spec",
          "store",
          "statistics",
          "comparison",
          "claim",
          "paper",
          "race",
          "beyond",
          "sequences",
          "shipped",
          "sweep",
          "trace");
  private static final String[] REPORT = packages("report", "file", "figure", "export", "page");
  private static final String[] DJL = packages("djl");
  private static final String[] TORCH = packages("torch");
  private static final String[] APP = packages("cli", "dashboard");

  /** Annotations that are gone at run time. */
  private static final String[] JDK = {"java..", "javax..", "org.jspecify.."};

  @ArchTest
  static final ArchRule everyPackageBelongsToAModule =
      classes()
          .should()
          .resideInAnyPackage(join(CORE, DATA, ENGINE, MODEL, LAB, REPORT, DJL, TORCH, APP));

  @ArchTest
  static final ArchRule coreUsesTheJdkOnly =
      classes()
          .that()
          .resideInAnyPackage(CORE)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(join(CORE, JDK));

  @ArchTest
  static final ArchRule dataUseCore =
      classes()
          .that()
          .resideInAnyPackage(DATA)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              join(
                  CORE,
                  DATA,
                  JDK,
                  new String[] {
                    "org.apache.commons.compress..", "org.apache.commons.csv..", "org.tukaani.xz.."
                  }));

  @ArchTest
  static final ArchRule engineUsesData =
      classes()
          .that()
          .resideInAnyPackage(ENGINE)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              join(CORE, DATA, ENGINE, JDK, new String[] {"jdk.incubator.vector.."}));

  @ArchTest static final ArchRule modelUsesEngine = doesNotUse(MODEL, LAB, REPORT, DJL, TORCH, APP);

  @ArchTest
  static final ArchRule labUsesNothingAboveIt = doesNotUse(LAB, MODEL, REPORT, DJL, TORCH, APP);

  @ArchTest static final ArchRule reportUsesLab = doesNotUse(REPORT, MODEL, DJL, TORCH, APP);

  @ArchTest static final ArchRule djlUsesLab = doesNotUse(DJL, MODEL, REPORT, TORCH, APP);

  @ArchTest static final ArchRule theBackendUsesLabAndDjl = doesNotUse(TORCH, MODEL, REPORT, APP);

  @ArchTest
  static final ArchRule drawingIsForReports =
      noClasses()
          .that(not(resideInAnyPackage(REPORT)))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.jfree..", "org.apache.pdfbox..", "de.rototor..");

  @ArchTest
  static final ArchRule pytorchIsForTheBackend =
      noClasses()
          .that(not(resideInAnyPackage(TORCH)))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.djl.pytorch..");

  /**
   * A number that DJL hands over lies in Java's memory, which may be gone when the backward pass
   * reads it again.
   */
  @ArchTest
  static final ArchRule gradientsFlowThroughConstantsOfTheEngine =
      noClasses()
          .that(resideInAnyPackage(TORCH).or(simpleName("ScaledActivation")))
          .and()
          .doNotHaveSimpleName("TorchOptimizer")
          .should()
          .callMethodWhere(
              describe(
                  "a product with a number, or the like",
                  call ->
                      List.of("mul", "div", "pow", "minimum", "maximum", "clip")
                              .contains(call.getName())
                          && call.getTargetOwner().getName().equals("ai.djl.ndarray.NDArray")
                          && call.getTarget().getRawParameterTypes().stream()
                              .anyMatch(type -> type.isEquivalentTo(Number.class))));

  @ArchTest
  static final ArchRule formatsOfOthersAreForModels =
      noClasses()
          .that(not(resideInAnyPackage(MODEL)))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.onnx..", "com.google.protobuf..", "io.jhdf..");

  @ArchTest
  static final ArchRule kernelsAreTheEnginesOwn =
      noClasses()
          .that(not(resideInAnyPackage(ENGINE)))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.unvanish.internal.kernel..", "org.unvanish.internal.stage..");

  /** The engine's own parser of safetensors is that of other people's models as well. */
  @ArchTest
  static final ArchRule safetensorsAreForEngineAndModels =
      noClasses()
          .that(not(resideInAnyPackage(join(ENGINE, MODEL))))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.unvanish.internal.safetensors..");

  /** What docs/api.md calls stable can be used without what it calls internal. */
  @ArchTest
  static final ArchRule publicSignaturesNameNothingInternal =
      codeUnits()
          .that()
          .areDeclaredInClassesThat(isPublicAndStable())
          .and(arePublicOrProtected())
          .should(nameNoTypeOf("org.unvanish.internal"));

  @ArchTest
  static final ArchRule vectorsAreForKernelsAndTraining =
      noClasses()
          .that(not(resideInAnyPackage(packages("internal", "train", "probe", "optimizer"))))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jdk.incubator.vector..");

  /** Others slow all of them down: see {@code Lanes}. */
  @ArchTest
  static final ArchRule twoClassesOfVectorsAreUsed =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveNameMatching("jdk\\.incubator\\.vector\\.(Byte|Short|Long|Double)Vector");

  @ArchTest
  static final ArchRule theirShapeIsChosenOnce =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("org.unvanish.internal.kernel.Lanes")
          .should()
          .callMethodWhere(
              target(owner(assignableTo("jdk.incubator.vector.VectorSpecies")))
                  .and(target(nameMatching("of.*|with.*")))
                  .as("choose a shape of vectors"));

  @ArchTest
  static final ArchRule packagesFormNoCycle =
      slices().matching("org.unvanish.(*)..").should().beFreeOfCycles();

  @Test
  void everyPackageIntroducesItself() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(".."))) {
      List<Path> packages =
          files
              .filter(file -> file.toString().contains("src/main/java"))
              // Programs that users begin with.
              .filter(file -> !file.startsWith(Path.of("../examples")))
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> !file.endsWith("module-info.java"))
              .map(Path::getParent)
              .distinct()
              .toList();
      assertThat(packages)
          .hasSizeGreaterThan(10)
          .allSatisfy(folder -> assertThat(folder.resolve("package-info.java")).exists());
    }
  }

  /**
   * The servlet classes that Javalin extends, and the web sockets that its own servlet is made of.
   */
  @Test
  void noModuleOfJettyIsThereThatNothingUses() {
    assertThat(
            Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(jar -> jar.contains("jetty"))
                .map(jar -> Path.of(jar).getFileName().toString().replaceFirst("-[0-9].*", "")))
        .containsExactlyInAnyOrder(
            "jetty-ee10-servlet",
            "jetty-ee10-websocket-jetty-server",
            "jetty-ee10-websocket-servlet",
            "jetty-http",
            "jetty-io",
            "jetty-security",
            "jetty-server",
            "jetty-session",
            "jetty-util",
            "jetty-websocket-core-common",
            "jetty-websocket-core-server",
            "jetty-websocket-jetty-api",
            "jetty-websocket-jetty-common",
            "jetty-websocket-jetty-server");
  }

  private static DescribedPredicate<JavaClass> isPublicAndStable() {
    return DescribedPredicate.describe(
        "public and stable",
        type ->
            type.getModifiers().contains(JavaModifier.PUBLIC)
                && !type.getPackageName().startsWith("org.unvanish.internal"));
  }

  private static DescribedPredicate<JavaCodeUnit> arePublicOrProtected() {
    return DescribedPredicate.describe(
        "public or protected",
        unit ->
            unit.getModifiers().contains(JavaModifier.PUBLIC)
                || unit.getModifiers().contains(JavaModifier.PROTECTED));
  }

  private static ArchCondition<JavaCodeUnit> nameNoTypeOf(String prefix) {
    return new ArchCondition<>("name no type of " + prefix) {
      @Override
      public void check(JavaCodeUnit unit, ConditionEvents events) {
        Stream.concat(unit.getParameterTypes().stream(), Stream.of(unit.getReturnType()))
            .flatMap(type -> type.getAllInvolvedRawTypes().stream())
            .filter(type -> type.getPackageName().startsWith(prefix))
            .forEach(
                type ->
                    events.add(
                        SimpleConditionEvent.violated(
                            unit, unit.getFullName() + " names " + type.getName())));
      }
    };
  }

  private static ArchRule doesNotUse(String[] lower, String[]... upper) {
    return noClasses()
        .that()
        .resideInAnyPackage(lower)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(join(upper));
  }

  private static String[] packages(String... names) {
    return Arrays.stream(names).map(name -> "org.unvanish." + name + "..").toArray(String[]::new);
  }

  private static String[] join(String[]... parts) {
    return Arrays.stream(parts).flatMap(Arrays::stream).toArray(String[]::new);
  }
}
