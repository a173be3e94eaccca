/** {@link org.unvanish.contest.dl4j.SameDiffJava}, a contestant. */
package org.unvanish.contest.dl4j;
