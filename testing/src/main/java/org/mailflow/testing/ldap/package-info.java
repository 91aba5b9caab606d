/** A private directory server (OpenLDAP's slapd) on loopback. */
@NullMarked
package org.mailflow.testing.ldap;

import org.jspecify.annotations.NullMarked;
