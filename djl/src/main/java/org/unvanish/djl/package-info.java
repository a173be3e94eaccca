/** The remedies, the gradient monitor and the diagnosis for anyone's Deep Java Library model. */
package org.unvanish.djl;
