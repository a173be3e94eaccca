/**
 * What a cluster of machines is to those who have runs to execute; what it is made of is a module
 * of its own.
 *
 * <p>In reading order: {@link org.unvanish.experiment.cluster.ClusterProvider}, which opens a
 * {@link org.unvanish.experiment.cluster.Cluster} as a {@link
 * org.unvanish.experiment.cluster.ClusterRequest} asks; {@link
 * org.unvanish.experiment.cluster.ClusterException}, why one cannot be used.
 */
package org.unvanish.experiment.cluster;
