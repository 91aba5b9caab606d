/** The database's promises, on a real file. */
@NullMarked
package org.mailflow.assembly.database;

import org.jspecify.annotations.NullMarked;
