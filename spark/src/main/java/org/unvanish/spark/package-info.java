/**
 * Runs on a cluster of Apache Spark: as on this machine's threads, to the bit.
 *
 * <p>In reading order: {@link org.unvanish.spark.SparkExecutor}, which executes runs; {@link
 * org.unvanish.spark.SparkClusters}, through which the command finds it; {@link
 * org.unvanish.spark.ReportPlugin}, which every context of Spark must have.
 *
 * <p>Inside, on the driver: {@code SparkCluster} is an application on a cluster, which {@code
 * MasterProbe} has reached and {@code SparkSettings} has set up; {@code Fleet} are its executors;
 * {@code RunBook} has a {@code RunPage} for each run, which hears of every epoch and tells it once;
 * {@code RunDriver} sees a run through, slice by slice, with a {@code JobLauncher}. On the
 * executors: {@code SliceTask} trains a {@code Slice}, after {@code ExecutorCheck} and on {@code
 * SharedData}, and comes to a {@code SliceEnd}; {@code Reporter} tells the driver by {@code
 * Report}s, with the {@code Bits} of each epoch. {@code Wire} is how all of that travels.
 */
package org.unvanish.spark;
