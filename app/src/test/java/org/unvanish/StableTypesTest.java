package org.unvanish;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/stability.md promises of Java: types with {@code @since}. */
@AnalyzeClasses(packages = "org.unvanish", importOptions = ImportOption.DoNotIncludeTests.class)
class StableTypesTest {

  private static final List<String> LIBRARIES = List.of("core", "data", "engine", "model", "djl");

  @ArchTest
  static void whatIsStableNamesNothingElse(JavaClasses all) throws IOException {
    Set<String> stable = stableTypes();
    Set<String> named = new TreeSet<>();
    for (JavaClass type : all) {
      if (isPublic(type) && stable.contains(outermost(type))) {
        types(type)
            .flatMap(other -> other.getAllInvolvedRawTypes().stream())
            .map(JavaClass::getBaseComponentType)
            .filter(other -> other.getPackageName().startsWith("org.unvanish"))
            .filter(other -> !stable.contains(outermost(other)))
            .forEach(other -> named.add(type.getName() + " names " + other.getName()));
      }
    }
    assertThat(named).isEmpty();
  }

  @Test
  void theDocumentationListsTheirPackages() throws IOException {
    Set<String> listed = new TreeSet<>();
    for (String line : Files.readAllLines(Path.of("..", "docs", "api.md"))) {
      if (line.startsWith("| `org.unvanish")) {
        Matcher name = Pattern.compile("`([^`]+)`").matcher(line.split("\\|", -1)[1]);
        while (name.find()) {
          listed.add("org.unvanish." + name.group(1).replaceFirst("^org\\.unvanish\\.?", ""));
        }
      }
    }
    assertThat(listed)
        .isEqualTo(
            stableTypes().stream()
                .map(type -> type.substring(0, type.lastIndexOf('.')))
                .map(name -> name.equals("org.unvanish") ? "org.unvanish." : name)
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  /** Types that the public signatures of a type name, and what it extends. */
  private static Stream<JavaType> types(JavaClass type) {
    Stream<JavaType> above =
        Stream.concat(type.getInterfaces().stream(), type.getSuperclass().stream());
    Stream<JavaType> fields =
        type.getFields().stream().filter(StableTypesTest::isPublic).map(field -> field.getType());
    Stream<JavaType> code =
        type.getCodeUnits().stream()
            .filter(StableTypesTest::isPublic)
            .flatMap(
                unit ->
                    Stream.of(
                            unit.getParameterTypes().stream(),
                            Stream.of(unit.getReturnType()),
                            unit.getExceptionTypes().stream())
                        .flatMap(types -> types));
    return Stream.of(above, fields, code).flatMap(types -> types);
  }

  private static boolean isPublic(JavaMember member) {
    return member.getModifiers().contains(JavaModifier.PUBLIC)
        || member.getModifiers().contains(JavaModifier.PROTECTED);
  }

  private static boolean isPublic(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC)
        && type.getEnclosingClass().map(StableTypesTest::isPublic).orElse(true);
  }

  private static String outermost(JavaClass type) {
    return type.getName().replaceFirst("\\$.*", "");
  }

  /** By name, of their sources. */
  private static Set<String> stableTypes() throws IOException {
    Set<String> stable = new TreeSet<>();
    for (String library : LIBRARIES) {
      Path sources = Path.of("..", library, "src", "main", "java");
      try (Stream<Path> files = Files.walk(sources)) {
        for (Path file : files.filter(one -> one.toString().endsWith(".java")).toList()) {
          if (Files.readString(file).contains("\n * @since ")) {
            stable.add(
                Stream.of(sources.relativize(file).toString().split("[/\\\\]", -1))
                    .collect(Collectors.joining("."))
                    .replaceFirst("\\.java$", ""));
          }
        }
      }
    }
    return stable;
  }
}
