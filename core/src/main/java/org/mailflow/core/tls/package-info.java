/** Certificates: reading them, and judging whom they prove. */
@NullMarked
package org.mailflow.core.tls;

import org.jspecify.annotations.NullMarked;
