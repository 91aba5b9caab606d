@NullMarked
package org.mailflow.assembly.demo;

import org.jspecify.annotations.NullMarked;
