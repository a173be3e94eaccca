package org.unvanish.experiment.cluster;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * What is asked of a cluster.
 *
 * @param name of what will be executed, as the cluster's own pages show it
 * @param master where the cluster is, if the user says
 * @param settings of the cluster's own, which come before ours
 * @param workers runs at a time that the user asks for
 * @param dataBytes what the data take in memory
 * @param runBytes what the largest run takes beside the data
 * @param notices is told what users must know on the way, a line each, from any thread
 */
public record ClusterRequest(
    String name,
    Optional<String> master,
    Map<String, String> settings,
    OptionalInt workers,
    long dataBytes,
    long runBytes,
    Consumer<String> notices) {
  /** Copies the map. */
  public ClusterRequest {
    settings = Map.copyOf(settings);
  }
}
