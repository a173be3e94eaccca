package org.unvanish.diagnosis.evidence;

/**
 * Problems of the data that affect a training whatever the network is.
 *
 * @param samples training samples
 * @param inputs numbers in each sample
 * @param constantInputs how many of these are the same in all training samples
 * @param trainingClasses how many classes, or else different targets, the training samples have
 * @param testClasses how many of them the test samples have
 * @param givenInputRms root mean square of the training samples' inputs as the data give them,
 *     before any scaling; NaN of images, whose bytes are always scaled, and of categories, whose
 *     numbers are names
 * @since 0.1
 */
public record DataEvidence(
    int samples,
    int inputs,
    int constantInputs,
    int trainingClasses,
    int testClasses,
    double givenInputRms) {}
