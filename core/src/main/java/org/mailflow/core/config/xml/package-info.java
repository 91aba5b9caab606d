/** An XML file as a tree whose every element knows its line and column. */
@NullMarked
package org.mailflow.core.config.xml;

import org.jspecify.annotations.NullMarked;
