/**
 * Experiments that are shipped with claims about them.
 *
 * <p>In reading order: {@link org.unvanish.claim.ClaimedSeries}, specs as resources with their
 * claims; {@link org.unvanish.claim.ClaimedExperiment}, which of them an experiment is, recognised
 * by what its arms train; {@link org.unvanish.claim.Claim}, a statement about an experiment; {@link
 * org.unvanish.claim.Checks}, the ways in which it is judged; {@link
 * org.unvanish.claim.JudgedClaim} with {@link org.unvanish.claim.ClaimVerdict} and {@link
 * org.unvanish.claim.ClaimWords}, whether an experiment confirms it; {@link
 * org.unvanish.claim.ClaimText}, all of them as text.
 */
package org.unvanish.claim;
