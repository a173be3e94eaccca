/**
 * What the contestants of the side-by-side benchmark share. Each is a process of its own, as their
 * libraries do not fit one class path; so this package needs none of them, nor the engine.
 *
 * <p>In reading order: {@link org.unvanish.contest.Task}, the training that is the same for all;
 * its {@link org.unvanish.contest.Op layers}; {@link org.unvanish.contest.TaskFile}, how it gets
 * there; {@link org.unvanish.contest.Layout}, as frameworks do not agree on the order of axes;
 * {@link org.unvanish.contest.Contestant}, who trains, run by {@link org.unvanish.contest.Contest};
 * {@link org.unvanish.contest.Clock}, which measures and tells the driver.
 *
 * <p>A contestant's process is started with the task's file and its number of threads. On the
 * standard output it writes events, each a line that starts with <code>{"event":</code>:
 *
 * <ol>
 *   <li>{@code first_step} after its first step, with {@code framework}, its name and versions;
 *   <li>{@code losses} after the first {@link org.unvanish.contest.Task#CHECKED_STEPS} steps, with
 *       their losses;
 *   <li>{@code warm} when it has trained for as long as it was told to warm up;
 *   <li>{@code result} after a window, with {@code samples} and {@code seconds}.
 * </ol>
 *
 * <p>From the standard input it reads {@code measure SECONDS}, which opens a window, and {@code
 * stop}. In between it trains on, so that processes that are measured together disturb each other
 * all the time. It also stops when the standard input ends: no process outlives the driver.
 */
package org.unvanish.contest;
