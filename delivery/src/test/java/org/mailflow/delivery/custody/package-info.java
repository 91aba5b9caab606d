@NullMarked
package org.mailflow.delivery.custody;

import org.jspecify.annotations.NullMarked;
