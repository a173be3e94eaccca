/**
 * Experiments that are shipped with what is claimed of them, whoever claims it.
 *
 * <p>In reading order: {@link org.unvanish.claim.ClaimedSeries}, specs as resources with their
 * claims; {@link org.unvanish.claim.ClaimedExperiment}, which of them an experiment is, told by
 * what its arms train; {@link org.unvanish.claim.Claim}, something that is said of an experiment;
 * {@link org.unvanish.claim.Checks}, the ways in which it is judged; {@link
 * org.unvanish.claim.JudgedClaim} with {@link org.unvanish.claim.ClaimVerdict} and {@link
 * org.unvanish.claim.ClaimWords}, what an experiment says of it; {@link
 * org.unvanish.claim.ClaimText}, all of them as text.
 */
package org.unvanish.claim;
