/**
 * Pages for a browser.
 *
 * <p>{@link org.unvanish.dashboard.Playground} is the theory's playground, on a page of its own or
 * as a part of another one.
 */
package org.unvanish.dashboard;
