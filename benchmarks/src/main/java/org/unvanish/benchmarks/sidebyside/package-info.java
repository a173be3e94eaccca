/**
 * The {@code unvanish-bench} command: Unvanish beside PyTorch, TensorFlow and DL4J, and beside
 * itself.
 *
 * <p>In reading order: {@code Bench} with its commands. {@code FrameworksCommand} has {@code
 * BenchNetwork}s, {@code Entrant}s (the engine on each {@code InstalledJava}, and the others) and
 * {@code Setting}s measured by a {@code Schedule}; {@code Tasks} writes what all of them train,
 * with sequences of {@code MarkedSum}, {@code Measurer} starts {@code ContestProcess}es and takes
 * {@code Reading}s, {@code LossCheck} refuses who trains something else, {@code Journal} keeps each
 * {@code Measurement}, and the {@code Conditions} of all of them, with the {@code MachineKind};
 * {@code Comparison}, of {@code Standing}s, is the result, shown by {@code ResultPage} and {@code
 * BarChart}. {@code EngineCommand} runs the engine in several {@code Variants}, {@code
 * StudyCommand} times the paper's study, {@code RooflineCommand} the kernels. {@link
 * org.unvanish.benchmarks.sidebyside.EngineContestant} is the engine as the others see it.
 */
package org.unvanish.benchmarks.sidebyside;
