package org.unvanish.experiment.cluster;

/**
 * Opens clusters of one kind. {@link java.util.ServiceLoader} finds it, so that the command does
 * not contain what a cluster is made of.
 */
public interface ClusterProvider {

  /** As users ask for it: {@code spark}. */
  String name();

  /**
   * Reaches a cluster, and waits a moment for its first machine.
   *
   * @throws ClusterException if it cannot be reached, or what is asked of it cannot be
   */
  Cluster open(ClusterRequest request);
}
