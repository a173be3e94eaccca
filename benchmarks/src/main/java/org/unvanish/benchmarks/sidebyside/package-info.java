/** Side by side. */
package org.unvanish.benchmarks.sidebyside;
