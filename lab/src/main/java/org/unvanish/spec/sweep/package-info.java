/**
 * The key {@code sweep} of specs: settings that vary, and the arms that result.
 *
 * <p>In reading order: {@link org.unvanish.spec.sweep.SweepSpec}, what a spec says, with its arms;
 * {@link org.unvanish.spec.sweep.SweepDesign}, which points are taken: a grid, or a sample; {@link
 * org.unvanish.spec.sweep.SweptAxis}, one setting with its {@link
 * org.unvanish.spec.sweep.SweptValues values}; {@link org.unvanish.spec.sweep.SweptSetting}, what
 * can be varied, all of them in {@link org.unvanish.spec.sweep.SweptSettings}; {@link
 * org.unvanish.spec.sweep.SweepCodec}, as specs and the schema have it.
 *
 * <p>Inside: {@code ArmDraft} is an arm that settings are put into, {@code NetworkSize} makes its
 * network deeper or wider.
 */
package org.unvanish.spec.sweep;
