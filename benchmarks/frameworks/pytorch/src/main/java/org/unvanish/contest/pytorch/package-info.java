/** {@link org.unvanish.contest.pytorch.PyTorch}, a contestant. */
package org.unvanish.contest.pytorch;
