package org.unvanish.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.store.RunStore;

/** What is served, and how it follows the folders. */
class DashboardTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HOST = "127.0.0.1";

  @TempDir Path folder;
  private Path first;
  private Path second;

  @BeforeEach
  void train() {
    first = folder.resolve("first");
    second = folder.resolve("second");
    PageFixture.simple().train(first);
  }

  private static Dashboard serve(Path... folders) throws IOException {
    return Dashboard.start(Stream.of(folders).map(ShownFolder::of).toList(), "1.0", HOST, 0, 50);
  }

  @Test
  void thePageAndAllThatItNamesAreServedStrictly() throws Exception {
    try (Dashboard dashboard = serve(first)) {
      Client client = new Client(dashboard.address());
      HttpResponse<String> page = client.get("/");
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
      Matcher named = Pattern.compile("(?:src|href)=\"([^\"#:]+)\"").matcher(page.body());
      int files = 0;
      while (named.find()) {
        HttpResponse<String> file = client.get("/" + named.group(1));
        assertThat(file.statusCode()).as(named.group(1)).isEqualTo(200);
        assertThat(file.headers().firstValue("Content-Type").orElseThrow())
            .startsWith(named.group(1).endsWith(".css") ? "text/css" : "text/javascript");
        assertStrict(file);
        files++;
      }
      assertThat(files).isGreaterThanOrEqualTo(7);
      assertThat(page.body()).contains("live.js");
      assertStrict(page);
    }
  }

  private static void assertStrict(HttpResponse<?> answer) {
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    assertThat(answer.headers().firstValue("Server")).isEmpty();
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("frame-ancestors 'none'")
        .doesNotContain("http", "unsafe", "*");
  }

  @Test
  void theReportKnowsNothingOfAServer() {
    assertThat(ReportPage.html(PageFixture.model(first))).doesNotContain("/api/", "EventSource");
  }

  @Test
  void thePlaygroundIsServed() throws Exception {
    try (Dashboard dashboard = serve(first)) {
      HttpResponse<String> page = new Client(dashboard.address()).get("/playground");
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.body()).isEqualTo(Playground.page());
      assertStrict(page);
    }
  }

  @Test
  void theModelIsThatOfTheReport() throws Exception {
    try (Dashboard dashboard = serve(first)) {
      HttpResponse<String> answer = new Client(dashboard.address()).get("/api/model?folder=first");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertStrict(answer);
      assertThat(answer.headers().firstValue("ETag").orElseThrow()).matches("\"\\d+\"");
      JsonNode live = JSON.readTree(answer.body());
      JsonNode report = JSON.readTree(PageFixture.model(first).toJson());
      assertThat(live.get("experiments")).isEqualTo(report.get("experiments"));
      assertThat(live.get("version").asText()).isEqualTo("1.0");
    }
  }

  @Test
  void severalFoldersAreListedAndFoundByNameOrPlace() throws Exception {
    new PageFixture("Another", List.of("a", "b"), 1, 2).train(second);
    Path namesake = folder.resolve("more/first");
    PageFixture.simple().plan(namesake);
    try (Dashboard dashboard = serve(first, second, namesake, first)) {
      Client client = new Client(dashboard.address());
      JsonNode list = JSON.readTree(client.get("/api/experiments").body());
      assertThat(list).hasSize(3);
      String around = folder.getFileName() + "/first";
      assertThat(list.get(0).get("folder").asText()).isEqualTo(around);
      assertThat(list.get(1).get("folder").asText()).isEqualTo("second");
      assertThat(list.get(1).get("experiments").get(0).get("title").asText()).isEqualTo("Another");
      assertThat(list.get(2).get("folder").asText()).isEqualTo("more/first");
      for (String asked : List.of("second", "1")) {
        assertThat(client.get("/api/model?folder=" + asked).body()).contains("\"Another\"");
      }
      for (String asked : List.of("", "3", "-1", "first", "../first", "%2e%2e", "second%00")) {
        assertThat(client.get("/api/model?folder=" + asked).statusCode()).as(asked).isEqualTo(400);
      }
      assertThat(client.get("/api/model").statusCode()).isEqualTo(400);
    }
  }

  @Test
  void aChangedStoreIsTold() throws Exception {
    new PageFixture("Another", List.of("a", "b"), 1, 2).plan(second);
    try (Dashboard dashboard = serve(first, second)) {
      Client client = new Client(dashboard.address());
      try (Client.Listener listener = client.listen()) {
        JsonNode before = JSON.readTree(listener.next());
        assertThat(client.get("/api/model?folder=second").body()).contains("\"last_epoch\":0");
        new PageFixture("Another", List.of("a", "b"), 1, 2).train(second);
        JsonNode after = JSON.readTree(listener.next());
        while (after.get(1).get("revision").equals(before.get(1).get("revision"))) {
          after = JSON.readTree(listener.next());
        }
        assertThat(after.get(1).get("folder").asText()).isEqualTo("second");
      }
      Client.await(
          "the model of the changed store",
          () -> {
            return client.get("/api/model?folder=second").body().contains("\"last_epoch\":2");
          });
    }
  }

  @Test
  void aFolderIsReadBeforeAnybodyAsks() throws Exception {
    ServedFolder served = new ServedFolder("first", first, "1.0");
    try (FolderWatcher watcher = new FolderWatcher(List.of(served), new EventStreams(), 600_000)) {
      assertThat(watcher.state()).contains("first");
      Client.await("that it is read", served::isRead);
    }
  }

  @Test
  void aStoreThatNobodyWritesToIsReadOnce() throws Exception {
    // Written long ago: what is new is looked at twice.
    Files.setLastModifiedTime(first.resolve(RunStore.FILE), FileTime.fromMillis(0));
    try (Dashboard dashboard = serve(first)) {
      Client client = new Client(dashboard.address());
      try (Client.Listener listener = client.listen()) {
        listener.next();
        String tag = tag(client);
        // So many looks that reading it would have been seen, if that changed its mark.
        Thread.sleep(600);
        assertThat(tag(client)).isEqualTo(tag);
      }
    }
  }

  private static String tag(Client client) throws Exception {
    return client.get("/api/model?folder=0").headers().firstValue("ETag").orElseThrow();
  }

  @Test
  void aStoreThatIsDamagedOrVanishesIsShownAsSuchAndMayComeBack() throws Exception {
    PageFixture.simple().train(second);
    byte[] good = Files.readAllBytes(first.resolve(RunStore.FILE));
    try (Dashboard dashboard = serve(first, second)) {
      Client client = new Client(dashboard.address());
      assertThat(client.get("/api/model?folder=first").statusCode()).isEqualTo(200);
      Files.writeString(first.resolve(RunStore.FILE), "no database at all".repeat(1000));
      awaitModel(client, 503, "damaged");
      Files.delete(first.resolve(RunStore.FILE));
      awaitModel(client, 503, "there is no experiment in");
      assertThat(client.get("/api/model?folder=second").statusCode()).isEqualTo(200);
      JsonNode list = JSON.readTree(client.get("/api/experiments").body());
      assertThat(list.get(0).get("error").asText()).contains("no experiment");
      assertThat(list.get(1).get("error").isNull()).isTrue();
      Files.write(first.resolve(RunStore.FILE), good);
      awaitModel(client, 200, "Two arms");
    }
  }

  private static void awaitModel(Client client, int status, String text) throws Exception {
    Client.await(
        status + " " + text,
        () -> {
          HttpResponse<String> answer = client.get("/api/model?folder=first");
          return answer.statusCode() == status && answer.body().contains(text);
        });
  }

  @Test
  void aPortThatIsTakenGivesTheNext() throws Exception {
    try (Dashboard one = serve(first);
        Dashboard other =
            Dashboard.start(List.of(ShownFolder.of(first)), "1.0", HOST, one.port())) {
      assertThat(other.port()).isGreaterThan(one.port());
      assertThat(new Client(other.address()).get("/api/model?folder=0").statusCode())
          .isEqualTo(200);
      assertThat(new Client(one.address()).get("/api/model?folder=0").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void anAddressOfAnotherMachineIsRefused() {
    // Reserved for documentation: no machine has it.
    assertThatThrownBy(() -> Dashboard.start(List.of(ShownFolder.of(first)), "1.0", "192.0.2.1", 0))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aClosedServerLeavesThePort() throws Exception {
    Dashboard dashboard = serve(first);
    Client client = new Client(dashboard.address());
    try (Client.Listener listener = client.listen()) {
      listener.next();
      dashboard.close();
      // The end of the stream, not an error.
      listener.drain();
    }
    try (ServerSocket free = new ServerSocket(dashboard.port(), 1, InetAddress.getByName(HOST))) {
      assertThat(free.isBound()).isTrue();
    }
  }
}
