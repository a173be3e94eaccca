/**
 * A cluster of machines as seen by those who have runs to execute; its implementation is a module
 * of its own.
 *
 * <p>In reading order: {@link org.unvanish.experiment.cluster.ClusterProvider}, which opens a
 * {@link org.unvanish.experiment.cluster.Cluster} as a {@link
 * org.unvanish.experiment.cluster.ClusterRequest} asks; {@link
 * org.unvanish.experiment.cluster.ClusterException}, why one cannot be used.
 */
package org.unvanish.experiment.cluster;
