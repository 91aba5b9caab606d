@NullMarked
package org.mailflow.core.mime;

import org.jspecify.annotations.NullMarked;
