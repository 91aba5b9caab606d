/** What may be written in James' own files: their elements, the parameters of its mailets, and those of ours. */
@NullMarked
package org.mailflow.core.container.settings;

import org.jspecify.annotations.NullMarked;
