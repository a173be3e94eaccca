/** {@link org.unvanish.contest.tensorflow.TensorFlowJava}, a contestant. */
package org.unvanish.contest.tensorflow;
