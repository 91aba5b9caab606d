@NullMarked
package org.mailflow.assembly.dns;

import org.jspecify.annotations.NullMarked;
