package org.unvanish.paper;

/**
 * What an experiment says of a claim.
 *
 * @param claim of the paper
 * @param verdict on it
 * @param evidence the numbers behind the verdict, in a sentence or two
 */
public record JudgedClaim(Claim claim, ClaimVerdict verdict, String evidence) {}
