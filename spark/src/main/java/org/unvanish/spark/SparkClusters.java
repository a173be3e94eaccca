package org.unvanish.spark;

import org.unvanish.experiment.cluster.Cluster;
import org.unvanish.experiment.cluster.ClusterProvider;
import org.unvanish.experiment.cluster.ClusterRequest;

/** Opens clusters of Apache Spark. */
public final class SparkClusters implements ClusterProvider {

  /** For {@link java.util.ServiceLoader}. */
  public SparkClusters() {}

  @Override
  public String name() {
    return "spark";
  }

  @Override
  public Cluster open(ClusterRequest request) {
    return SparkCluster.open(request);
  }
}
