/** For models of Deep Java Library. */
@org.jspecify.annotations.NullMarked
package org.unvanish.djl;
