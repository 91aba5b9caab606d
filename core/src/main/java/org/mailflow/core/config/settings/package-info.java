/** Every element and parameter of {@code mailflow.xml}, each once: name, form, default, meaning, cmdlet parameter. */
@NullMarked
package org.mailflow.core.config.settings;

import org.jspecify.annotations.NullMarked;
